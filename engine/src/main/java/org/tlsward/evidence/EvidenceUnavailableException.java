/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

/** Evidence cannot be written right now. Who wanted to write it must not act as if it were written: mail that needs it waits. */
public final class EvidenceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EvidenceUnavailableException(String message) {
        super(message);
    }

    EvidenceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
