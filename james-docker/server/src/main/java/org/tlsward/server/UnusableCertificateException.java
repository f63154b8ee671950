/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

/** Files that a server must not be given; the message names the file and what is wrong with it. */
final class UnusableCertificateException extends Exception {

    private static final long serialVersionUID = 1;

    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
