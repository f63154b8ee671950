/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceRecordBuilder;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.explain.Language;
import org.tlsward.policy.Decision;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.DestinationRules;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.proof.Suggestions.Suggestion;
import org.tlsward.proof.Suggestions.Threshold;

class SuggestionsTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ALL = "chain-valid mx-name next-hop-name dane";

    @TempDir
    Path temp;

    private WrittenLog log;

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "chain-valid mx-name next-hop-name dane | - | <destination match=\"partner.example\" level=\"dane-only\" minimum=\"TLSv1.3\"/>",
                "chain-untrusted dane | - | <destination match=\"partner.example\" level=\"dane-only\" minimum=\"TLSv1.3\"/>",
                "chain-valid mx-name mta-sts | - | <destination match=\"partner.example\" level=\"authenticated\" minimum=\"TLSv1.3\"/>",
                "chain-valid mx-name next-hop-name | - | <destination match=\"partner.example\" level=\"secure\" minimum=\"TLSv1.3\"/>",
                "chain-valid mx-name | - | <destination match=\"partner.example\" level=\"verify\" minimum=\"TLSv1.3\"/>",
                "chain-valid | - | <destination match=\"partner.example\" level=\"encrypt\" minimum=\"TLSv1.3\"/>",
                "dane-mismatch | - | <destination match=\"partner.example\" level=\"encrypt\" minimum=\"TLSv1.3\"/>",
                // Only what is at least as strict as the rule in force.
                "chain-valid mx-name next-hop-name | <destination match='partner.example' level='verify'/> | <destination match=\"partner.example\" level=\"verify\" minimum=\"TLSv1.3\"/>",
                "chain-valid mx-name | <destination match='.example' level='encrypt' forwardSecrecy='true'/> | <destination match=\"partner.example\" level=\"verify\" minimum=\"TLSv1.3\" forwardSecrecy=\"true\"/>",
                "chain-valid mx-name | <destination match='partner.example' level='verify' minimum='TLSv1.3'/> | -",
                "chain-valid mx-name | <destination match='partner.example' level='dane-only'/> | -",
                "chain-valid mx-name | <destination match='partner.example' level='encrypt' observe='authenticated'/> | -",
                "dane | <destination match='partner.example' level='never'/> | -",
                // Somebody has thought about these.
                "dane | <destination match='partner.example' level='may' via='mx.partner.example'/> | -",
                "dane | <destination match='partner.example' level='secure' names='x.partner.example'/> | -",
                "dane | <exception match='partner.example' level='may' reason='x' until='2027-05-31'/> | -",
            })
    void whatEverySessionHadShouldBeSuggestedIfItIsStricter(String verdicts, String rule, String expected)
            throws Exception {
        sessions("partner.example", verdicts.split(" "), 10);
        DestinationRules rules = rules(rule == null ? "" : rule);
        List<Suggestion> found = suggest(rules);
        if (expected == null) {
            assertThat(found).isEmpty();
            return;
        }
        assertThat(found).hasSize(1);
        String line = found.get(0).line().xml();
        assertThat(line).isEqualTo(expected);
        DestinationRule readBack = rules(line).destination("partner.example").orElseThrow();
        Requirement present = rules.destination("partner.example")
                .map(DestinationRule::required)
                .orElse(Requirement.NOTHING);
        assertThat(readBack.required().atLeast(present)).isTrue();
        assertThat(present.atLeast(readBack.required())).isFalse();
    }

    @Test
    void oneSessionThatWouldNotDoShouldBeEnough() throws Exception {
        sessions("partner.example", ALL.split(" "), 12);
        log.add(log.delivered(mail("partner.example"), "chain-valid", "mx-name").build());
        assertThat(suggest(DestinationRules.NONE).get(0).line().level().word()).isEqualTo("verify");
        log.add(log.delivered(mail("partner.example"), ALL.split(" "))
                .tls(WrittenLog.tls("TLSv1.2"))
                .build());
        assertThat(suggest(DestinationRules.NONE).get(0).line().minimum()).isEmpty();
        log.add(log.noTls(mail("partner.example"), RecordedOutcome.DEFERRED).build());
        assertThat(suggest(DestinationRules.NONE)).isEmpty();
    }

    @Test
    void aHostThatDidNotAnswerShouldTellNothing() throws Exception {
        sessions("partner.example", ALL.split(" "), 10);
        MailIdentity mail = mail("partner.example");
        log.add(EvidenceRecord.attempt(log.now(), mail, RecordedOutcome.DEFERRED)
                .peer(WrittenLog.host(mail))
                .build());
        assertThat(suggest(DestinationRules.NONE)).hasSize(1);
    }

    @Test
    void aFewSessionsShouldNotBeEnoughNorManyOfOneDay() throws Exception {
        sessions("few.example", ALL.split(" "), 9);
        sessions("ten.example", ALL.split(" "), 10);
        for (int session = 0; session < 20; session++) {
            log.add(log.delivered(mail("day.example"), ALL.split(" ")).build());
        }
        List<Suggestion> found = suggest(DestinationRules.NONE);
        assertThat(found).extracting(Suggestion::destination).containsExactly("ten.example");
        assertThat(found.get(0).because())
                .isEqualTo("10 connections on 10 days since 2026-11-01, every one with a certificate that the domain"
                        + " announces (DANE), over TLSv1.3.");
    }

    @Test
    void recipientsOfOneTransactionShouldBeOneSession() throws Exception {
        open();
        for (int day = 0; day < 4; day++) {
            log.at(START.plus(Duration.ofDays(day)).toString());
            EvidenceRecord[] recipients = new EvidenceRecord[5];
            for (int recipient = 0; recipient < recipients.length; recipient++) {
                MailIdentity mail = new MailIdentity("q", Optional.of("<1@x>"), "a", recipient + "@partner.example");
                recipients[recipient] = log.delivered(mail, "dane").build();
            }
            log.add(recipients);
        }
        assertThat(seen().partners().get("partner.example").sessions()).isEqualTo(4);
    }

    @Test
    void whoWouldFallUnderObserveShouldBeCounted() throws Exception {
        open();
        for (int mails = 0; mails < 3; mails++) {
            EvidenceRecordBuilder delivered = log.delivered(mail("partner.example"), "chain-valid");
            log.add(observed(delivered, Reason.MX_NOT_TRUSTED).build());
        }
        log.add(observed(log.delivered(mail("zwei.example")), Reason.CERTIFICATE_EXPIRED)
                .build());
        var found = new Suggestions(DestinationRules.NONE, Threshold.USUAL, Language.EN).observed(seen());
        assertThat(found)
                .extracting(Suggestions.Observed::destination)
                .containsExactly("partner.example", "zwei.example");
        assertThat(found).extracting(Suggestions.Observed::mails).containsExactly(3, 1);
        assertThat(found.get(0).sentence())
                .isEqualTo("But it cannot be told for certain which mail server really belongs to partner.example.");
    }

    private static EvidenceRecordBuilder observed(EvidenceRecordBuilder record, Reason reason) {
        return record.decision(new Decision.Proceed(
                Requirement.NOTHING,
                Decision.StartTls.REQUIRED,
                List.of(new Decision.Observation(
                        WrittenLog.medical().contributions().get(0), reason, "x"))));
    }

    /** One a day. */
    private void sessions(String domain, String[] verdicts, int number) {
        open();
        for (int session = 0; session < number; session++) {
            log.at(START.plus(Duration.ofDays(session)).toString());
            log.add(log.delivered(mail(domain), verdicts).build());
        }
        log.at(START.plus(Duration.ofDays(number)).toString());
    }

    private void open() {
        if (log == null) {
            log = new WrittenLog(temp.resolve("log"), START.toString());
        }
    }

    private int mails;

    private MailIdentity mail(String domain) {
        return WrittenLog.mail("m" + mails++, "praxis@" + domain);
    }

    private List<Suggestion> suggest(DestinationRules rules) throws Exception {
        return new Suggestions(rules, Threshold.USUAL, Language.EN).suggest(seen(), log.now());
    }

    private PartnerSessions seen() throws Exception {
        PartnerSessions seen = new PartnerSessions(Instant.parse("2026-11-01T00:00:00Z"));
        log.read(seen);
        return seen;
    }

    private DestinationRules rules(String lines) throws Exception {
        Path file = temp.resolve("tlsward.xml");
        Files.writeString(
                file,
                "<tlsward><classes default='general'><class name='general'/></classes><destinations>" + lines
                        + "</destinations></tlsward>");
        return new WardConfigurationReader(new JamesDirectories(temp, temp, temp))
                .read(file)
                .destinations();
    }
}
