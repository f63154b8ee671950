/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/**
 * One key store.
 *
 * @param path the file
 * @param type PKCS12 or JKS
 * @param secret of the store and its key
 */
record KeyStoreFile(Path path, String type, String secret) implements CertificateFiles {

    @Override
    public List<Path> paths() {
        return List.of(path);
    }

    @Override
    public ServerCertificate load() throws UnusableCertificateException {
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(in, secret.toCharArray());
            return firstKey(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableCertificateException(
                    path + ": cannot be read as a key store of type " + type + ": " + e, e);
        }
    }

    private ServerCertificate firstKey(KeyStore store) throws GeneralSecurityException, UnusableCertificateException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, secret.toCharArray()) instanceof PrivateKey key
                    && store.getCertificate(alias) instanceof X509Certificate leaf) {
                return ServerCertificate.of(leaf, key, path.toString());
            }
        }
        throw new UnusableCertificateException(path + ": no private key with a certificate in it");
    }

    /** The secret stays out of messages. */
    @Override
    public String toString() {
        return path + " (" + type + ")";
    }
}
