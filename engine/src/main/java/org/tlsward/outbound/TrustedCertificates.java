/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tlsward.config.TrustSettings;

/** Reads the CAs of {@code <trust>}. */
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * All certificates of the store.
     *
     * @throws IOException if it cannot be read, or holds none
     */
    public static List<X509Certificate> of(TrustSettings trust) throws IOException {
        Path store = trust.store();
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(in, trust.password().map(String::toCharArray).orElse(null));
            List<X509Certificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(keyStore.aliases())) {
                if (keyStore.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new IOException(store + " holds no certificate (expected: a PKCS#12 file with CAs)");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " cannot be read as PKCS#12: " + e.getMessage(), e);
        }
    }
}
