/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.attest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.attest.AttestedMessage.Notary;
import org.tlsward.attest.DeliveryStatement.Check;
import org.tlsward.evidence.EvidenceKey;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.hops.HeaderFields;
import org.tlsward.smtp.ChainVerdict;
import org.tlsward.smtp.MessageSource;
import org.tlsward.smtp.MessageSource.Carriage;
import org.tlsward.smtp.TlsPeer;
import org.tlsward.testing.TextMessage;

class AttestedMessageTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final String MAIL =
            """
            Received: from pc.klinik.example\r
            From: Clinician <clinician@klinik.example>\r
            To: arzt@partner.example\r
            Date: Sun, 22 Nov 2026 11:59:00 +0000\r
            Message-ID: <finding-1@klinik.example>\r
            Subject: a\r
              finding\r
            \r
            The finding.\r
            \r
            .dot\r
            """;

    @TempDir
    Path home;

    private EvidenceLog log;
    private EvidenceLog stranger;

    @BeforeEach
    void open() {
        log = EvidenceLog.open(EvidenceLog.Settings.usual(home.resolve("ours/evidence")), NOON);
        stranger = EvidenceLog.open(EvidenceLog.Settings.usual(home.resolve("strange/evidence")), NOON);
    }

    @AfterEach
    void close() {
        log.close();
        stranger.close();
    }

    private Notary notary(EvidenceLog signer) {
        return new Notary("mail.klinik.example", signer::attest, signer.key(), NOON);
    }

    private static Carriage carriage(String... verdicts) {
        TlsPeer peer = new TlsPeer(
                "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), new ChainVerdict(ChainVerdict.Trust.VALID, ""));
        return new Carriage("partner.example", "mx.partner.example", Optional.of(peer), List.of(verdicts));
    }

    private static String read(MessageSource message) throws IOException {
        try (InputStream in = message.open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String sent() throws IOException {
        return read(new AttestedMessage(new TextMessage(MAIL), notary(log)).over(carriage("chain-valid", "dane")));
    }

    private Check check(String mail, EvidenceKey... keys) throws IOException {
        List<String> said = HeaderFields.in(mail, "X-TLSWard-Delivery");
        assertThat(said).hasSize(1);
        MessageBinding binding =
                MessageBinding.of(new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)));
        return DeliveryStatement.parse(said.get(0))
                .map(statement -> statement.check(binding, List.of(keys)))
                .orElse(Check.FORGED);
    }

    @Test
    void whoHasTheKeyShouldLearnOverWhichTlsAMailCame() throws Exception {
        String sent = sent();
        assertThat(sent).endsWith(MAIL);
        assertThat(check(sent, stranger.key(), log.key())).isEqualTo(Check.VALID);
        assertThat(DeliveryStatement.parse(
                                HeaderFields.in(sent, "X-TLSWard-Delivery").get(0))
                        .orElseThrow()
                        .tags())
                .containsEntry("t", "2026-11-22T12:00:00Z")
                .containsEntry("by", "mail.klinik.example")
                .containsEntry("mx", "mx.partner.example")
                .containsEntry("to", "partner.example")
                .containsEntry("tls", "TLSv1.3")
                .containsEntry("cipher", "TLS_AES_128_GCM_SHA256")
                .containsEntry("level", "authenticated")
                .containsEntry("seen", "chain-valid,dane")
                .containsEntry("id", "<finding-1@klinik.example>")
                .containsEntry("k", log.key().fingerprint());
    }

    /** RFC 5322 §2.1.1, and what a server was told of the size (RFC 1870). */
    @Test
    void headerShouldBeShortLinesAndCounted() throws Exception {
        MessageSource sent = new AttestedMessage(new TextMessage(MAIL), notary(log)).over(carriage("dane"));
        assertThat(read(sent).lines()).allMatch(line -> line.length() <= 998);
        assertThat(sent.size()).isEqualTo(read(sent).length());
        assertThat(sent.hasUtf8Header()).isFalse();
    }

    @Test
    void inCleartextNothingShouldBeSaid() throws Exception {
        MessageSource message = new AttestedMessage(new TextMessage(MAIL), notary(log));
        assertThat(read(message.over(new Carriage("x.example", "x.example", Optional.empty(), List.of()))))
                .isEqualTo(MAIL);
        assertThat(read(message)).isEqualTo(MAIL);
    }

    /** On another mail, or on this one after a change, it is worth nothing. */
    @ParameterizedTest
    @CsvSource({
        "finding-1@,finding-2@",
        "11:59:00,12:59:00",
        "Clinician <clinician@,Clinician <other@",
        "To: arzt@,To: chef@",
        "  finding,  findings",
        "The finding.,The findings.",
        "'.dot','.dot\r\nmore'",
        "'To: arzt','Cc: x@partner.example\r\nTo: arzt'",
        "'Date: ','From: evil@partner.example\r\nDate: '"
    })
    void statementShouldNotBeMovedToAnotherMail(String from, String to) throws Exception {
        String sent = sent();
        assertThat(sent).contains(from);
        assertThat(check(sent.replace(from, to), log.key())).isEqualTo(Check.ANOTHER_MAIL);
    }

    /** What servers do to mail on its way, and DKIM with relaxed headers survives too. */
    @Test
    void whatServersDoShouldNotBreakIt() throws Exception {
        assertThat(check("Received: from elsewhere\r\n" + sent(), log.key())).isEqualTo(Check.VALID);
        assertThat(check(sent().replace("\r\n", "\n"), log.key())).isEqualTo(Check.VALID);
        assertThat(check(sent() + "\r\n\r\n", log.key())).isEqualTo(Check.VALID);
        assertThat(check(sent().replace("Subject: a\r\n  finding", "SUBJECT:  a finding "), log.key()))
                .isEqualTo(Check.VALID);
        assertThat(check(sent().replace(";\r\n ", "; "), log.key())).isEqualTo(Check.VALID);
    }

    @Test
    void whatOthersSignShouldBeForged() throws Exception {
        String others = read(new AttestedMessage(new TextMessage(MAIL), notary(stranger)).over(carriage("dane")));
        assertThat(check(others, log.key())).isEqualTo(Check.FORGED);
        assertThat(check(sent().replace("TLSv1.3", "TLSv1.2"), log.key())).isEqualTo(Check.FORGED);
        assertThat(check(sent().replace("b=", "b=0"), log.key())).isEqualTo(Check.FORGED);
        assertThat(check("X-TLSWard-Delivery: v=1; t=x\r\n" + MAIL, log.key())).isEqualTo(Check.FORGED);
        assertThat(check(sent())).isEqualTo(Check.FORGED);
    }

    /** A server without 8BITMIME gets another body, and a statement about that one. */
    @Test
    void statementShouldBeAboutTheBodyThatIsSent() throws Exception {
        String seven = MAIL.replace("The finding.", "The finding in seven bits.");
        MessageSource eight = new SevenBit(new TextMessage(MAIL), new TextMessage(seven));
        MessageSource sent = new AttestedMessage(eight, notary(log)).over(carriage("dane"));
        String converted = read(sent.sevenBit().orElseThrow());
        assertThat(converted).endsWith(seven);
        assertThat(check(converted, log.key())).isEqualTo(Check.VALID);
    }

    /** A message whose body has two forms. */
    private record SevenBit(MessageSource message, MessageSource converted) implements MessageSource {
        @Override
        public InputStream open() throws IOException {
            return message.open();
        }

        @Override
        public long size() {
            return message.size();
        }

        @Override
        public boolean hasEightBitBody() {
            return true;
        }

        @Override
        public boolean hasUtf8Header() {
            return false;
        }

        @Override
        public Optional<MessageSource> sevenBit() {
            return Optional.of(converted);
        }
    }
}
