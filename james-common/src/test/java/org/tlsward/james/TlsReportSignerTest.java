/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.TlsReportSettings.Signing;
import org.tlsward.tlsrpt.ReportMail;
import org.tlsward.tlsrpt.ReportUri;
import org.tlsward.tlsrpt.Reporter;
import org.tlsward.tlsrpt.TlsReport;

class TlsReportSignerTest {
    private static final KeyPair KEYS = keys("RSA", 2048);

    @TempDir
    Path directory;

    private byte[] signed;

    @BeforeEach
    void sign() throws IOException {
        signed =
                new TlsReportSigner(signing(pem("PRIVATE KEY", KEYS.getPrivate().getEncoded()))).sign(message());
    }

    @Test
    void signatureShouldHold() throws Exception {
        List<SignatureRecord> records = verify(signed);

        assertThat(records).hasSize(1);
        SignatureRecord record = records.get(0);
        assertThat(record.getDToken()).hasToString("klinik.example");
        assertThat(record.getSelector()).hasToString("tlsrpt");
        assertThat(record.getHeaders()).extracting(Object::toString).containsAll(ReportMail.HEADERS);
        assertThat(new String(signed, StandardCharsets.US_ASCII)).doesNotContain(" l=");
    }

    @Test
    void signatureShouldSurviveWhatServersDo() throws Exception {
        String text = new String(signed, StandardCharsets.US_ASCII);
        byte[] kept = text.replace("\r\n", "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] sentAgain = new String(kept, StandardCharsets.US_ASCII)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(verify(sentAgain)).hasSize(1);

        byte[] received = ("Received: from a by b; now\r\n" + text).getBytes(StandardCharsets.US_ASCII);
        assertThat(verify(received)).hasSize(1);
    }

    /** Most servers; in a Turkish locale, which is that of these tests, the signature holds for fields as they are only. */
    @Test
    void signatureShouldSurviveFieldsThatAreFoldedAnew() throws Exception {
        Locale ours = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        try {
            sign();
        } finally {
            Locale.setDefault(ours);
        }
        byte[] folded = new String(signed, StandardCharsets.US_ASCII)
                .replace("Submitter: klinik", "Submitter:\r\n\tklinik")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(verify(folded)).hasSize(1);
    }

    @Test
    void signatureShouldSurviveTheMailClassOfJames() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(signed));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        message.writeTo(written);

        assertThat(written.toByteArray()).isEqualTo(signed);
    }

    @Test
    void changedReportShouldBeFound() {
        String text = new String(signed, StandardCharsets.US_ASCII);

        for (String[] change : new String[][] {
            {"went well: 0", "went well: 9"},
            {"TLS-Report-Domain: partner.example", "TLS-Report-Domain: other.example"},
            {"From: <tls", "From: <xls"}
        }) {
            assertThat(text).contains(change[0]);
            assertThatThrownBy(() -> verify(text.replace(change[0], change[1]).getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(FailException.class);
        }
    }

    @Test
    void keyOfOlderToolsShouldDo() throws Exception {
        // PKCS#8 of RSA: 26 bytes in front of PKCS#1
        byte[] pkcs8 = KEYS.getPrivate().getEncoded();
        Signing signing = signing(pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)));

        assertThat(verify(new TlsReportSigner(signing).sign(message()))).hasSize(1);
    }

    @Test
    void whatIsNoKeyShouldBeRefused() throws IOException {
        assertThatThrownBy(() -> new TlsReportSigner(signing("nothing")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no key (expected: PEM with");
        assertThatThrownBy(() -> new TlsReportSigner(
                        signing(pem("PRIVATE KEY", keys("EC", 256).getPrivate().getEncoded()))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no key of RSA");
        assertThatThrownBy(() -> new TlsReportSigner(
                        signing(pem("PRIVATE KEY", keys("RSA", 512).getPrivate().getEncoded()))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("512 bits");
        assertThatThrownBy(() -> new TlsReportSigner(new Signing("a.example", "s", directory.resolve("none"))))
                .isInstanceOf(IOException.class);
    }

    private Signing signing(String pem) throws IOException {
        return new Signing("klinik.example", "tlsrpt", Files.writeString(directory.resolve("dkim.pem"), pem));
    }

    private static byte[] message() {
        Reporter reporter = new Reporter("Klinik", "tls@klinik.example");
        TlsReport report = new TlsReport(
                "Klinik",
                Instant.parse("2026-11-22T00:00:00Z"),
                Instant.parse("2026-11-22T23:59:59Z"),
                "tls@klinik.example",
                "id@klinik.example",
                List.of());
        return new ReportMail(report, reporter, "partner.example", new ReportUri.Mailto("reports@partner.example"))
                .message(Instant.parse("2026-11-23T01:00:00Z"));
    }

    /**
     * With a key record that is for TLS reports only (RFC 8460 §3), on a server elsewhere: in its locale header names are lower-cased by
     * jdkim, and we sign in ours, which in the tests is Turkish.
     */
    private static List<SignatureRecord> verify(byte[] message) throws IOException, FailException {
        Locale ours = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        try {
            return verified(message);
        } finally {
            Locale.setDefault(ours);
        }
    }

    private static List<SignatureRecord> verified(byte[] message) throws IOException, FailException {
        String record = "v=DKIM1; k=rsa; s=tlsrpt:email; p="
                + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
        return new DKIMVerifier((methods, selector, domain) -> {
                    assertThat(selector + "._domainkey." + domain).isEqualTo("tlsrpt._domainkey.klinik.example");
                    return List.of(record);
                })
                .verify(new ByteArrayInputStream(message));
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
