/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

/** Somebody may not do this, although others may; the message says who. */
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAllowedException(String message) {
        super(message);
    }
}
