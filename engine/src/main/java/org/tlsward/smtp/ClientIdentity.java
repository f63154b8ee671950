/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.security.KeyStore;

/**
 * The key and certificate that we show to a server that asks for one.
 *
 * @param name of the reference in the configuration: identities are equal if their names are
 * @param keyStore holds the key and its chain
 * @param password of the key
 */
public record ClientIdentity(String name, KeyStore keyStore, String password) {
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientIdentity identity && name.equals(identity.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name;
    }
}
