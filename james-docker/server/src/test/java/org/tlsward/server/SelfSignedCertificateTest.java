/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    @TempDir
    Path directory;

    @Test
    void certificateShouldNameHostAndLoopback() throws Exception {
        X509Certificate certificate =
                SelfSignedCertificate.forHost("mx.klinik.example", CLOCK).certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=mx.klinik.example");
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("mx.klinik.example", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void certificateShouldBeForServersWithAKeyOnP256() throws Exception {
        X509Certificate certificate =
                SelfSignedCertificate.forHost("mx.klinik.example", CLOCK).certificate();

        certificate.verify(certificate.getPublicKey());
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        assertThat(certificate.getExtendedKeyUsage()).isEqualTo(List.of(SERVER_AUTH));
        assertThat(certificate.getBasicConstraints()).as("no CA").isEqualTo(-1);
        assertThat(certificate.getSerialNumber()).isPositive();
    }

    @Test
    void certificateShouldBeGoodForAYear() {
        X509Certificate certificate =
                SelfSignedCertificate.forHost("mx.klinik.example", CLOCK).certificate();

        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));
    }

    @Test
    void longHostNameShouldStayInTheAlternativeNames() throws Exception {
        String host = "a".repeat(60) + ".klinik.example";

        X509Certificate certificate = SelfSignedCertificate.forHost(host, CLOCK).certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .contains(host);
    }

    @Test
    void filesShouldHoldWhatWasMadeAndKeyShouldBeForOwnerOnly() throws Exception {
        Path key = directory.resolve("tls/key.pem");
        Path certificate = directory.resolve("tls/certificate.pem");

        ServerCertificate written =
                SelfSignedCertificate.forHost("mx.klinik.example", CLOCK).writeTo(key, certificate);

        assertThat(new PemFiles(key, certificate, "").load()).isEqualTo(written);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory.resolve("tls"))) {
            assertThat(files).as("no drafts are left").containsExactlyInAnyOrder(key, certificate);
        }
    }
}
