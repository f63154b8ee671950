/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import nl.altindag.ssl.util.PemUtils;

/**
 * Two PEM files.
 *
 * @param key the private key
 * @param certificates the server's certificate, then its issuers
 * @param secret of the key; empty if it has none
 */
record PemFiles(Path key, Path certificates, String secret) implements CertificateFiles {

    @Override
    public List<Path> paths() {
        return List.of(key, certificates);
    }

    // Read with what James reads them with, so that what passes here passes there.
    @Override
    public ServerCertificate load() throws UnusableCertificateException {
        X509Certificate leaf = leaf();
        return ServerCertificate.of(leaf, privateKey(), certificates.toString());
    }

    private X509Certificate leaf() throws UnusableCertificateException {
        try (InputStream in = Files.newInputStream(certificates)) {
            List<X509Certificate> chain = PemUtils.loadCertificate(in);
            if (chain.isEmpty()) {
                throw new UnusableCertificateException(certificates + ": no certificate in it");
            }
            return chain.get(0);
        } catch (IOException | RuntimeException e) {
            throw unreadable(certificates, "a PEM certificate", e);
        }
    }

    private PrivateKey privateKey() throws UnusableCertificateException {
        try (InputStream in = Files.newInputStream(key)) {
            return secret.isEmpty() ? PemUtils.loadPrivateKey(in) : PemUtils.loadPrivateKey(in, secret.toCharArray());
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, "a PEM private key", e);
        }
    }

    private static UnusableCertificateException unreadable(Path file, String expected, Exception e) {
        return new UnusableCertificateException(file + ": cannot be read (expected: " + expected + "): " + e, e);
    }
}
