/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

/** The command line makes no sense; the message says what was expected. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
