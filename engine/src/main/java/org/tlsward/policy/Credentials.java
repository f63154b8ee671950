/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/**
 * What we log in with at a smart host. Sent inside TLS only.
 *
 * @param user authentication identity (RFC 4616)
 * @param password never printed
 */
public record Credentials(String user, String password) {
    @Override
    public String toString() {
        return user + ":***";
    }
}
