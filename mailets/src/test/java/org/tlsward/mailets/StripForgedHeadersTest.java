/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.attest.AttestedMessage;
import org.tlsward.attest.AttestedMessage.Notary;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.smtp.ChainVerdict;
import org.tlsward.smtp.MessageSource;
import org.tlsward.smtp.TlsPeer;
import org.tlsward.testing.SettableClock;

class StripForgedHeadersTest {
    private static final String MAIL =
            "From: a@partner.example\r\nMessage-ID: <x@partner.example>\r\nSubject: x\r\n\r\nThe finding.\r\n";
    private static final String HEADER = "X-TLSWard-Delivery";

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
    private FakeServer server;
    private StripForgedHeaders mailet;
    private EvidenceLog partner;

    @BeforeEach
    void start() throws Exception {
        server =
                new FakeServer(root, "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        partner = EvidenceLog.open(EvidenceLog.Settings.usual(root.resolve("partner/evidence")), clock);
        Files.copy(root.resolve("partner/evidence-key/signing-key.pub.pem"), root.resolve("conf/partner.pub.pem"));
        mailet = mailet("keys", "file://conf/partner.pub.pem");
    }

    @AfterEach
    void stop() {
        partner.close();
    }

    private StripForgedHeaders mailet(String... parameters) throws Exception {
        StripForgedHeaders made = new StripForgedHeaders(server.files());
        made.init(server.config("StripForgedHeaders", parameters).build());
        return made;
    }

    private String signed() throws Exception {
        return signedFor("Klinik.example");
    }

    private String signedFor(String destination) throws Exception {
        MailImpl mail = mail(MAIL);
        MessageSource source = JamesMessage.of(mail.getMessage(), server.context());
        TlsPeer peer = new TlsPeer(
                "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), new ChainVerdict(ChainVerdict.Trust.VALID, ""));
        try (InputStream in = new AttestedMessage(
                        source, new Notary("mx.partner.example", partner::attest, partner.key(), clock))
                .over(new MessageSource.Carriage(destination, "mail.klinik.example", Optional.of(peer), List.of()))
                .open()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static MailImpl mail(String text) throws Exception {
        return MailImpl.builder()
                .name("m")
                .sender("a@partner.example")
                .addRecipient("b@klinik.example")
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))))
                .build();
    }

    private static String[] left(StripForgedHeaders by, String text, String header) throws Exception {
        MailImpl mail = mail(text);
        by.service(mail);
        assertThat(mail.getMessage().getSubject()).isEqualTo("x");
        return mail.getMessage().getHeader(header);
    }

    @Test
    void whatAKnownServerHasSignedShouldStay() throws Exception {
        assertThat(left(mailet, "Received: from x\r\n" + signed(), HEADER)).hasSize(1);
    }

    @Test
    void whatIsForgedOrOfAnotherMailShouldGo() throws Exception {
        assertThat(left(mailet, HEADER + ": v=1; tls=TLSv1.3; b=00\r\n" + MAIL, HEADER))
                .isNull();
        assertThat(left(mailet, HEADER + ": nonsense\r\n" + signed(), HEADER))
                .singleElement()
                .asString()
                .startsWith("v=1");
        assertThat(left(mailet, signed().replace("The finding.", "The other finding."), HEADER))
                .isNull();
        assertThat(left(mailet, signed().replace("TLSv1.3", "TLSv1.2"), HEADER)).isNull();
    }

    /** It was true on the way to somebody else, who may have passed the mail on to us in cleartext. */
    @Test
    void whatWasSaidOfADeliveryToSomebodyElseShouldGo() throws Exception {
        for (String destination : List.of("forwarder.example", "sub.klinik.example", "[192.0.2.7]", "?")) {
            assertThat(left(mailet, signedFor(destination), HEADER)).isNull();
        }
        assertThat(left(mailet, signedFor("forwarder.example").replace("forwarder.example", "klinik.example"), HEADER))
                .isNull();
    }

    @Test
    void withoutKeysNobodyShouldBeBelieved() throws Exception {
        assertThat(left(mailet(), signed(), HEADER)).isNull();
    }

    @Test
    void hopsThatCameWithTheMailShouldGo() throws Exception {
        assertThat(left(mailet, "X-TLSWard-Hops: verdict=met\r\n" + MAIL, "X-TLSWard-Hops"))
                .isNull();
    }

    @Test
    void whatIsNotKnownShouldStopTheStart() throws Exception {
        assertThatThrownBy(() -> mailet("key", "x")).hasMessageContaining("unsupported parameter");
        assertThatThrownBy(() -> mailet("keys", "file://conf/nowhere.pem"))
                .hasMessageContaining("unsupported key \"file://conf/nowhere.pem\" (expected: ");
        assertThatThrownBy(() -> mailet("keys", "file://conf/tlsward.xml")).hasMessageContaining("unsupported key");
    }
}
