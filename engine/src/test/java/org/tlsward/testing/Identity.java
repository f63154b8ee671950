/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * A key and its chain.
 *
 * @param key of the first certificate
 * @param chain the leaf first, without the root
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    /** Of every key store made here. */
    public static final String PASSWORD = "test";

    /** The certificate itself. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** SHA-256 of the leaf in lower-case hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a key store with the alias {@code test}. */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("test", key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
