/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/** The connection has failed and must be closed; {@link #failure} says why. */
public final class SmtpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** A failure without a cause in the JDK. */
    public SmtpException(Failure failure) {
        this(failure, null);
    }

    /** A failure that an exception told. */
    public SmtpException(Failure failure, Throwable cause) {
        super(failure.explanation(), cause);
        this.failure = failure;
    }

    /** Why. */
    public Failure failure() {
        return failure;
    }
}
