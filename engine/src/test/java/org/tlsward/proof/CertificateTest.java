/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.AddressForm;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.explain.Language;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;

class CertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final MailIdentity MAIL = WrittenLog.mail("1", "praxis@partner.example");

    @TempDir
    Path temp;

    @Test
    void aDeliveryShouldBeToldWithWhatProvesIt() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(log.noTls(MAIL, RecordedOutcome.WITHHELD).build());
            log.add(log.action(Deed.RELEASED, MAIL, "anna"));
            log.at("2026-11-23T08:00:00Z");
            log.add(log.delivered(MAIL, "chain-valid", "dane").build());

            CertificateBasis basis = basis(log).orElseThrow();
            String german = Certificate.html(basis, Language.DE, NOW);
            assertThat(german)
                    .contains(
                            "praxis@partner.example: zugestellt, auf dem Weg verschlüsselt.",
                            "gesichert durch DNSSEC (DANE)",
                            "<td>TLSv1.3, TLS_AES_256_GCM_SHA384, x25519</td>",
                            "mx.partner.example [192.0.2.7] (für partner.example)",
                            "CN=mx.partner.example, SHA-256 " + "ab".repeat(32),
                            "nichts von Umschlag oder Nachricht",
                            "Hinter diesen Zeilen steht noch keine Signatur",
                            "nur um den Weg von diesem Server zum nächsten",
                            "Dafür gelesen: evidence-2026-11-22.jsonl bis evidence-2026-11-23.jsonl");
            LinePlace place = basis.stories().get(0).chapters().get(2).place();
            assertThat(german)
                    .contains("evidence-2026-11-23.jsonl:" + place.number() + " (seq " + place.sequence() + ") sha256 "
                            + place.hash());
            assertThat(Certificate.html(basis, Language.EN, NOW)).contains("delivered, encrypted in transit.");
        }
    }

    @Test
    void theHashShouldBeThatOfTheLine() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(log.delivered(MAIL).build());
            log.add(log.delivered(MAIL).build());
            LinePlace first =
                    basis(log).orElseThrow().stories().get(0).chapters().get(0).place();
            String next = Files.readAllLines(log.archive().days().firstEntry().getValue())
                    .get((int) first.number());
            assertThat(next).contains("\"prev\":\"" + first.hash() + "\"");
        }
    }

    @Test
    void whatAnEarlierAttemptExposedShouldBeToldFirst() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            for (int attempt = 0; attempt < 10; attempt++) {
                log.add(log.noTls(MAIL, RecordedOutcome.DEFERRED).build());
            }
            log.add(EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DEFERRED)
                    .peer(WrittenLog.host(MAIL))
                    .sent(77, 0)
                    .build());
            log.add(EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DEFERRED)
                    .peer(WrittenLog.host(MAIL))
                    .tls(WrittenLog.tls("TLSv1.2"))
                    .sent(0, 88)
                    .build());
            log.add(log.delivered(MAIL, "dane").build());
            assertThat(Certificate.html(basis(log).orElseThrow(), Language.EN, NOW))
                    .contains(
                            "77 bytes of envelope or message, without encryption",
                            "88 bytes, encrypted (TLSv1.2). Who the receiving mail server is was not proven.",
                            "And 6 more, which are not shown here.");
        }
    }

    /** One attempt: the first host got the message in cleartext and said later, the next one took it over TLS. */
    @Test
    void whatAnotherHostOfTheSameAttemptGotShouldBeTold() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(
                    EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DEFERRED)
                            .peer(new PeerHost(
                                    "partner.example", "mx1.partner.example", Optional.empty(), PeerHost.Naming.NONE))
                            .reply("451 4.3.0 later")
                            .sent(777, 0)
                            .build(),
                    log.delivered(MAIL).build());
            assertThat(Certificate.html(basis(log).orElseThrow(), Language.EN, NOW))
                    .contains(
                            "praxis@partner.example: delivered, encrypted in transit.",
                            "<td>mx1.partner.example</td>",
                            "777 bytes of envelope or message, without encryption")
                    .doesNotContain("There was no other attempt.");
            DayCount day = new DayCount();
            log.read(day);
            assertThat(day.figures().counts()).as("it never waited").doesNotContainKey("out.delayed");
            Partner partner = new Partner("partner.example");
            basis(log)
                    .orElseThrow()
                    .stories()
                    .get(0)
                    .chapters()
                    .forEach(chapter ->
                            partner.add((EvidenceRecord) chapter.entry(), java.time.LocalDate.of(2026, 11, 22)));
            assertThat(partner.deferred()).isZero();
            assertThat(partner.sessions()).isEqualTo(2);
        }
    }

    @Test
    void cleartextAndNoDeliveryShouldBeToldAsSuch() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(
                    EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DELIVERED)
                            .peer(WrittenLog.host(MAIL))
                            .sent(900, 0)
                            .build(),
                    log.noTls(WrittenLog.mail("1", "zwei@partner.example"), RecordedOutcome.WITHHELD)
                            .build());
            assertThat(Certificate.html(basis(log).orElseThrow(), Language.EN, NOW))
                    .contains(
                            "praxis@partner.example: delivered WITHOUT encryption",
                            "zwei@partner.example: not delivered");
        }
    }

    /** The delivery of one mail says nothing about another, whatever they call themselves. */
    @Test
    void mailsOfTwoSendersShouldHaveAResultEach() throws Exception {
        MailIdentity other = new MailIdentity("Queue-9", MAIL.messageId(), "b@labor.example", MAIL.recipient());
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(log.delivered(MAIL, "chain-valid", "dane").build());
            log.add(log.noTls(other, RecordedOutcome.WITHHELD).build());
            assertThat(Certificate.html(basis(log).orElseThrow(), Language.EN, NOW))
                    .contains(
                            "<td>a@klinik.example, b@labor.example</td>",
                            "a@klinik.example \u2192 praxis@partner.example: delivered, encrypted",
                            "b@labor.example \u2192 praxis@partner.example: not delivered",
                            "Several senders have used this Message-ID");
        }
    }

    /** A requirement that is cut is another one. */
    @Test
    void aRequirementWithManyPinsShouldBeReadWhole() throws Exception {
        List<String> pins = java.util.stream.IntStream.range(0, 100)
                .mapToObj(pin -> String.format(java.util.Locale.ROOT, "%064x", pin))
                .toList();
        Requirement required = Requirement.builder().pins(pins).build();
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(log.delivered(MAIL).required(required).build());
            EvidenceRecord read = (EvidenceRecord)
                    basis(log).orElseThrow().stories().get(0).chapters().get(0).entry();
            assertThat(RequirementText.parse(read.judgement().required())).isEqualTo(required);
        }
    }

    @Test
    void theNewestSignatureBehindTheLinesShouldBeNamed() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(log.delivered(MAIL).build());
        }
        Path file = temp.resolve("evidence-2026-11-22.jsonl");
        for (int sequence : List.of(50, 51)) {
            Files.writeString(
                    file,
                    "{\"v\":1,\"seq\":" + sequence
                            + ",\"prev\":\"\",\"time\":\"2026-11-22T13:00:00Z\",\"type\":\"checkpoint\","
                            + "\"key\":\"<b>k" + sequence + "\",\"signature\":\"00\"}\n",
                    StandardOpenOption.APPEND);
        }
        CertificateBasis basis =
                CertificateBasis.read(List.of(file), question()).orElseThrow();
        assertThat(basis.checkpoint().orElseThrow().place().sequence()).isEqualTo(51);
        assertThat(Certificate.html(basis, Language.EN, NOW))
                .contains("key &lt;b&gt;k51.")
                .doesNotContain("<b>");
    }

    @Test
    void hostileValuesShouldBeNothingButText() throws Exception {
        String hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>\u202e\u001b[2J";
        MailIdentity mail = new MailIdentity(hostile, Optional.of("<1@klinik.example>"), hostile, hostile);
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(EvidenceRecord.attempt(log.now(), mail, RecordedOutcome.DELIVERED)
                    .peer(new PeerHost(hostile, hostile, Optional.of(hostile), PeerHost.Naming.NONE))
                    .tls(new SeenTls(hostile, hostile, Optional.of(hostile), List.of(hostile), Optional.of(hostile)))
                    .reply(hostile)
                    .build());
            log.add(EvidenceRecord.attempt(log.now(), mail, RecordedOutcome.DEFERRED)
                    .peer(new PeerHost(hostile, hostile, Optional.of(hostile), PeerHost.Naming.NONE))
                    .tls(new SeenTls(hostile, hostile, Optional.of(hostile), List.of(hostile), Optional.of(hostile)))
                    .sent(0, 5)
                    .build());
            for (Language language : Language.values()) {
                String html = Certificate.html(basis(log).orElseThrow(), language, NOW);
                assertThat(html)
                        .doesNotContain("<script", "<img", "\u202e", "\u001b")
                        .contains("&lt;script&gt;");
                // Only tags of ours, none with an attribute but those of the head.
                assertThat(html.substring(html.indexOf("<body>"))).doesNotContainPattern("<[a-z0-9]+[ \"']");
            }
        }
    }

    @Test
    void aMailThatNobodyKnowsShouldHaveNone() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T12:00:00Z")) {
            log.add(log.delivered(WrittenLog.mail("2", "praxis@partner.example"))
                    .build());
            assertThat(basis(log)).isEmpty();
        }
    }

    private static Optional<CertificateBasis> basis(WrittenLog log) throws Exception {
        return CertificateBasis.read(List.copyOf(log.archive().days().values()), question());
    }

    private static MailQuestion question() {
        return new MailQuestion(Optional.empty(), Optional.of("1@klinik.example"), AddressForm.PLAIN);
    }
}
