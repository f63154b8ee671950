/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/**
 * For AUTH PLAIN at a smart host (RFC 4616).
 *
 * @param user the authentication identity
 * @param password never logged
 */
public record Credentials(String user, String password) {

    /** RFC 4616 §2: NUL separates the parts. */
    public Credentials {
        if (user.indexOf('\0') >= 0 || password.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("user and password must not contain NUL");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
