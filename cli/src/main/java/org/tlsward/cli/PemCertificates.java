/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates of a PEM file (RFC 7468), the server's own first; keys in it are left alone. */
final class PemCertificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    private PemCertificates() {}

    static List<X509Certificate> read(Path file) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> chain = new ArrayList<>();
            Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (block.find()) {
                byte[] octets = block.group().getBytes(StandardCharsets.ISO_8859_1);
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets)));
            }
            if (chain.isEmpty()) {
                throw new UsageException(file + " holds no certificate (expected: a PEM file)");
            }
            return chain;
        } catch (IOException | CertificateException e) {
            throw new UsageException(file + " cannot be read as PEM: " + e);
        }
    }
}
