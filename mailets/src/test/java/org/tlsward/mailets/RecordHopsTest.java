/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardHealth;
import org.tlsward.testing.SettableClock;

class RecordHopsTest {
    private static final String OURS =
            """
            Received: from mx.partner.example ([192.0.2.7])\r
             (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256)\r
             by mail.klinik.example (JAMES) with ESMTPS id 1;\r
             Sun, 22 Nov 2026 10:00:00 +0000\r
            """;
    private static final String INSIDE =
            """
            Received: from pc.partner.example ([10.1.2.3]) by mx.partner.example (Postfix) with ESMTP id 2;\r
             Sun, 22 Nov 2026 09:59:00 +0000\r
            """;

    @TempDir
    Path root;

    private FakeServer server;
    private RecordHops mailet;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(
                root,
                "<tlsward><classes default='general'><class name='general'/></classes><networks internal='10.0.0.0/8'/></tlsward>");
        Ward ward = server.ward();
        mailet = new RecordHops(
                ward,
                new WardEvidence(server.files(), ward, new WardHealth(ward)),
                new SettableClock("2027-03-01T12:00:00Z"));
        mailet.init(server.config("RecordHops", "server", "mail.klinik.example, MX2.klinik.example")
                .build());
    }

    private String[] after(String header) throws Exception {
        String text = header + "Message-ID: <x@partner.example>\r\nSubject: x\r\n\r\nx\r\n";
        MailImpl mail = MailImpl.builder()
                .name("m")
                .sender("a@partner.example")
                .addRecipients("b@klinik.example", "c@klinik.example")
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))))
                .build();
        mailet.service(mail);
        return mail.getMessage().getHeader("X-TLSWard-Hops");
    }

    /** A network of ours is labelled, not excused. */
    @Test
    void hopsShouldStandInTheHeaderWithWhoSaysSo() throws Exception {
        assertThat(after(OURS + INSIDE))
                .containsExactly(
                        "verdict=below; minimum=TLSv1.2;\r\n ours=TLSv1.3 external met;\r\n claim=plain internal below");
        assertThat(after(OURS)).containsExactly("verdict=met; minimum=TLSv1.2;\r\n ours=TLSv1.3 external met");
        assertThat(after("")).containsExactly("verdict=unknown; minimum=TLSv1.2");
    }

    @Test
    void whatStandsBelowOurLineShouldBeAClaimWhateverNameItHas() throws Exception {
        assertThat(after(OURS + OURS)[0]).containsOnlyOnce("ours=").contains("claim=TLSv1.3");
        assertThat(after(INSIDE)[0]).doesNotContain("ours=");
    }

    @Test
    void aHeaderThatCameWithTheMailShouldBeTakenAway() throws Exception {
        assertThat(after("X-TLSWard-Hops: verdict=met\r\nx-tlsward-HOPS: verdict=met\r\n" + OURS + INSIDE))
                .singleElement()
                .asString()
                .startsWith("verdict=below");
    }

    @Test
    void hopsShouldBeEvidenceForEachRecipient() throws Exception {
        after(OURS + INSIDE);
        try (Stream<Path> files = Files.list(root.resolve("var/evidence"))) {
            String lines = Files.readString(files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow());
            String hops = ",\"verdict\":\"below\",\"minimum\":\"TLSv1.2\",\"hops\":["
                    + "{\"tls\":\"TLSv1.3\",\"place\":\"external\",\"ours\":true,\"verdict\":\"met\"},"
                    + "{\"tls\":\"plain\",\"place\":\"internal\",\"ours\":false,\"verdict\":\"below\"}],\"more\":0}";
            assertThat(lines)
                    .contains("\"type\":\"hops\",\"mail\":{\"id\":\"m\",\"messageId\":\"<x@partner.example>\"")
                    .contains("\"recipient\":\"b@klinik.example\"}" + hops)
                    .contains("\"recipient\":\"c@klinik.example\"}" + hops);
        }
    }

    @Test
    void aMailWithThousandsOfLinesShouldGetAShortHeader() throws Exception {
        assertThat(after(INSIDE.repeat(3000))[0]).hasSizeLessThan(1000).endsWith("more=2980");
    }

    @Test
    void whatIsNotKnownShouldStopTheStart() {
        for (String[] parameter :
                new String[][] {{"minimun", "TLSv1.2"}, {"minimum", "TLSv1.9"}, {"minimum", "none"}}) {
            assertThatThrownBy(() -> mailet.init(server.config("RecordHops", parameter[0], parameter[1])
                            .build()))
                    .hasMessageContaining("RecordHops: unsupported")
                    .hasMessageContaining("expected: ");
        }
    }
}
