/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.AddressForm;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Reason;
import org.tlsward.policy.ReleaseOverride;
import org.tlsward.policy.TlsLevel;

class MailStoriesTest {
    private static final String NOON = "2026-11-22T12:00:00Z";
    private static final MailIdentity MAIL = WrittenLog.mail("1", "praxis@partner.example");

    @TempDir
    Path temp;

    @Test
    void aMailThatWaitedForTlsShouldBeToldAsAStory() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            log.add(log.noTls(MAIL, RecordedOutcome.DEFERRED).build());
            log.at("2026-11-22T16:00:00Z");
            log.add(log.noTls(MAIL, RecordedOutcome.WITHHELD).build());
            log.add(EvidenceAction.ofServer(log.now(), Deed.QUARANTINED, MAIL, Optional.of(Reason.TLS_NOT_OFFERED)));
            log.add(log.delivered(WrittenLog.mail("2", "other@partner.example")).build());
            log.at("2026-11-23T08:00:00Z");
            log.add(log.action(Deed.RELEASED, MAIL, "anna"));
            log.add(log.delivered(MAIL, "chain-valid", "mx-name", "dane")
                    .demand(WrittenLog.medical())
                    .build());

            List<MailStory> stories = stories(log, byId("1@klinik.example"), Instant.EPOCH, 10);
            assertThat(stories).hasSize(1);
            assertThat(stories.get(0).recipients()).containsExactly("praxis@partner.example");
            assertThat(told(stories.get(0), Language.EN))
                    .containsExactly(
                            "Tried for praxis@partner.example: mx.partner.example [192.0.2.7] was reached without"
                                    + " encryption. This message may only travel encrypted, because the recipient belongs"
                                    + " to the group \"medical\". But the mail server of partner.example does not take"
                                    + " encrypted messages. The mail waits.",
                            "Tried for praxis@partner.example: mx.partner.example [192.0.2.7] was reached without"
                                    + " encryption. This message may only travel encrypted, because the recipient belongs"
                                    + " to the group \"medical\". But the mail server of partner.example does not take"
                                    + " encrypted messages. The mail was withheld.",
                            "The server put it into quarantine for praxis@partner.example.",
                            "anna released it for praxis@partner.example; the requirement stays as it was.",
                            "Delivered for praxis@partner.example to mx.partner.example [192.0.2.7] over TLSv1.3,"
                                    + " TLS_AES_256_GCM_SHA384: the certificate is the one that the recipient's domain"
                                    + " announces (DANE).");
        }
    }

    /** They have no Message-ID yet, and an admin asks who was turned away. */
    @Test
    void whatTheGateDecidedShouldBeToldToWhoeverAsksForTheRecipient() throws Exception {
        MailIdentity coming = new MailIdentity("", Optional.empty(), "office@partner.example", "praxis@klinik.example");
        PeerHost client = new PeerHost("", "partner.example", Optional.of("192.0.2.7"), PeerHost.Naming.NONE);
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            for (RecordedOutcome outcome : List.of(RecordedOutcome.REFUSED, RecordedOutcome.DEFERRED)) {
                log.add(EvidenceRecord.gate(log.now(), coming, outcome)
                        .peer(client)
                        .build());
            }

            MailQuestion praxis =
                    new MailQuestion(Optional.of("praxis@klinik.example"), Optional.empty(), AddressForm.PLAIN);
            List<MailStory> stories = stories(log, praxis, Instant.EPOCH, 10);
            assertThat(stories).hasSize(1);
            assertThat(stories.get(0).messageId()).isEmpty();
            assertThat(told(stories.get(0), Language.EN))
                    .containsExactly(
                            "Not accepted for praxis@klinik.example from partner.example [192.0.2.7]: without encryption"
                                    + " nothing is taken for this recipient.",
                            "Not accepted for praxis@klinik.example from partner.example [192.0.2.7] for the time being;"
                                    + " its server keeps the mail and tries again.");
            MailQuestion everybody = new MailQuestion(Optional.empty(), Optional.empty(), AddressForm.PLAIN);
            assertThat(stories(log, everybody, Instant.EPOCH, 10)).isEmpty();
        }
    }

    @Test
    void anOverrideShouldTellWhoWantedItAndWhoAgreed() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            log.add(log.action(Deed.OVERRIDE_REQUESTED, MAIL, "anna").saying("the patient waits"));
            log.add(log.action(Deed.OVERRIDE_CONFIRMED, MAIL, "berta"));
            Demand lowered = Demand.builder()
                    .recipientClasses(List.of(WrittenLog.MEDICAL))
                    .release(new ReleaseOverride(
                            "anna and berta", TlsLevel.MAY, TlsLevel.MAY.requirement(), "the patient waits", true))
                    .build();
            log.add(EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DELIVERED)
                    .demand(lowered)
                    .peer(WrittenLog.host(MAIL))
                    .sent(1234, 0)
                    .build());

            assertThat(told(
                            stories(log, byId("<1@klinik.example>"), Instant.EPOCH, 10)
                                    .get(0),
                            Language.EN))
                    .containsExactly(
                            "anna asked to send it to praxis@partner.example although the requirement is not met."
                                    + " In their own words: the patient waits",
                            "berta confirmed that it goes to praxis@partner.example with a lowered requirement.",
                            "Delivered for praxis@partner.example to mx.partner.example [192.0.2.7] without encryption:"
                                    + " no rule required any. 1234 bytes of envelope or message went out unencrypted. It"
                                    + " was released by anna and berta with a lowered requirement: the patient waits");
        }
    }

    @Test
    void recipientAndTimeShouldNarrow() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            log.add(
                    log.delivered(MAIL).build(),
                    log.delivered(WrittenLog.mail("1", "zwei@partner.example")).build());
            log.at("2026-11-23T12:00:00Z");
            log.add(log.delivered(WrittenLog.mail("3", "praxis@partner.example"))
                    .build());

            assertThat(ids(stories(log, byRecipient("PRAXIS@partner.example"), Instant.EPOCH, 10)))
                    .containsExactly("<1@klinik.example>", "<3@klinik.example>");
            assertThat(ids(stories(log, byRecipient("praxis@partner.example"), log.now(), 10)))
                    .containsExactly("<3@klinik.example>");
            assertThat(stories(log, byRecipient("zwei@partner.example"), Instant.EPOCH, 10)
                            .get(0)
                            .recipients())
                    .containsExactly("zwei@partner.example");
            assertThat(stories(log, byRecipient("niemand@partner.example"), Instant.EPOCH, 10))
                    .isEmpty();
        }
    }

    @Test
    void theLatestShouldBeKeptAndMoreBeTold() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            for (int id = 1; id <= 3; id++) {
                log.add(log.delivered(WrittenLog.mail("m" + id, "praxis@partner.example"))
                        .build());
            }
            // Of the first something is written last.
            log.add(log.action(Deed.RELEASED, WrittenLog.mail("m1", "praxis@partner.example"), "anna"));
            MailStories stories = new MailStories(byRecipient("praxis@partner.example"), Instant.EPOCH);
            log.read(stories);
            assertThat(ids(stories.latest(2))).containsExactly("<m3@klinik.example>", "<m1@klinik.example>");
            assertThat(stories.hasMoreThan(2)).isTrue();
            assertThat(stories.hasMoreThan(3)).isFalse();
        }
    }

    @Test
    void hiddenAddressesShouldBeFoundByTheirKeyOnly() throws Exception {
        EvidenceLog.Settings keyed =
                new EvidenceLog.Settings(temp.resolve("log"), temp.resolve("log-key"), true, Optional.empty());
        try (WrittenLog log = new WrittenLog(keyed, NOON)) {
            log.add(log.delivered(MAIL).build());
            AddressForm key = log.archive().addresses();
            MailQuestion question = new MailQuestion(Optional.of("praxis@partner.example"), Optional.empty(), key);
            MailStories known = new MailStories(question, Instant.EPOCH);
            log.read(known);
            assertThat(known.latest(10)).hasSize(1);
            assertThat(known.someAreHidden()).isFalse();

            MailStories unknown = new MailStories(byRecipient("praxis@partner.example"), Instant.EPOCH);
            log.read(unknown);
            assertThat(unknown.latest(10)).isEmpty();
            assertThat(unknown.someAreHidden()).isTrue();
        }
    }

    @Test
    void linesThatSomebodyIsWritingOrHasSpoiltShouldNotEndTheReading() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            log.add(log.delivered(MAIL).build());
            Path file = log.archive().days().firstEntry().getValue();
            Files.writeString(file, "nonsense\n" + "x".repeat(3_000_000) + "\n", StandardOpenOption.APPEND);
            log.add(log.delivered(MAIL).build());
            Files.writeString(file, "{\"v\":1,\"seq\":9", StandardOpenOption.APPEND);

            MailStories stories = new MailStories(byId("1@klinik.example"), Instant.EPOCH);
            EvidenceArchive.Reading reading = log.read(stories);
            assertThat(reading.unreadable()).isEqualTo(2);
            assertThat(stories.latest(1).get(0).chapters()).hasSize(2);
        }
    }

    @Test
    void hostileTextInAFileShouldBeHarmless() throws Exception {
        Files.writeString(
                temp.resolve("evidence-2026-11-22.jsonl"),
                """
                {"v":1,"seq":1,"prev":"","time":"2026-11-22T12:00:00Z","type":"attempt","outcome":"deferred",\
                "mail":{"id":"q","messageId":"<1@klinik.example>","sender":"a","recipient":"b\\u001b[2J@x\\u202e"},\
                "peer":{"domain":"x\\n","name":"mx\\u0007","address":5},"verdicts":{},"rules":"no","reply":"500 \\u001b]0;x"}
                """);
        MailStories stories = new MailStories(byId("1@klinik.example"), Instant.EPOCH);
        EvidenceArchive.read(temp.resolve("evidence-2026-11-22.jsonl"), stories);
        String told = told(stories.latest(1).get(0), Language.EN).get(0);
        assertThat(told).contains("500").doesNotContain("\u001b", "\u202e", "\u0007", "\n");
    }

    @Test
    void whatWasWrittenShouldBeReadBackWhole() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, NOON)) {
            EvidenceEntry record = log.delivered(MAIL, "chain-valid", "dane")
                    .demand(WrittenLog.medical())
                    .duration(Duration.ofMillis(204))
                    .build();
            EvidenceEntry refused = EvidenceRecord.gate(log.now(), MAIL, RecordedOutcome.REFUSED)
                    .reason(Reason.TLS_VERSION_TOO_LOW)
                    .tls(WrittenLog.tls("TLSv1.2"))
                    .peer(new PeerHost("", "client.example", Optional.of("192.0.2.9"), PeerHost.Naming.NONE))
                    .build();
            EvidenceEntry action = log.action(Deed.BOUNCED, MAIL, "anna")
                    .because(Optional.of(Reason.DANE_MISMATCH))
                    .saying("wrong address");
            log.add(record, refused, action);
            List<EvidenceEntry> read = new ArrayList<>();
            log.read(line -> line.entry().ifPresent(read::add));
            assertThat(read).containsExactly(record, refused, action);
        }
    }

    private static List<MailStory> stories(WrittenLog log, MailQuestion question, Instant since, int most)
            throws Exception {
        MailStories stories = new MailStories(question, since);
        assertThat(log.read(stories).unreadable()).isZero();
        return stories.latest(most);
    }

    private static List<String> told(MailStory story, Language language) {
        return new StoryTeller(language).tell(story);
    }

    /** With two hosts and two recipients: only with the last host of an attempt does a mail wait. */
    @Test
    void mailThatWentOnToTheNextHostShouldNotWait() throws Exception {
        MailIdentity other = WrittenLog.mail("1", "c@partner.example");
        try (WrittenLog log = new WrittenLog(temp, "2026-11-22T08:00:00Z")) {
            for (MailIdentity mail : List.of(MAIL, other)) {
                log.add(
                        log.noTls(mail, RecordedOutcome.DEFERRED).sent(120, 0).build(),
                        log.noTls(mail, RecordedOutcome.DEFERRED).build());
            }
            log.at("2026-11-22T08:15:00Z");
            log.add(log.noTls(MAIL, RecordedOutcome.DEFERRED).sent(120, 0).build());
            MailStory story =
                    stories(log, byId("<1@klinik.example>"), Instant.EPOCH, 10).get(0);
            for (Language language : Language.values()) {
                Phrases phrases = ProofPhrases.story(language);
                String next = phrases.say("end.next-host");
                String waits = phrases.say("end.deferred");
                assertThat(told(story, language))
                        .extracting(text -> text.contains(next) + " " + text.contains(waits))
                        .containsExactly("true false", "false true", "true false", "false true", "false true");
            }
        }
    }

    private static List<String> ids(List<MailStory> stories) {
        return stories.stream().map(story -> story.messageId().orElse("")).toList();
    }

    private static MailQuestion byId(String id) {
        return new MailQuestion(Optional.empty(), Optional.of(id), AddressForm.PLAIN);
    }

    private static MailQuestion byRecipient(String recipient) {
        return new MailQuestion(Optional.of(recipient), Optional.empty(), AddressForm.PLAIN);
    }
}
