/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.LogLine;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.explain.Explanation;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.explain.Situation;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.Decision.Unmet;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;
import org.tlsward.testing.Explanations;

/** The words of a reason are the same wherever it is told (DESIGN §7). */
class EveryReasonTest {
    static Stream<Arguments> everyReasonInEveryLanguage() {
        return Arrays.stream(Reason.values())
                .flatMap(reason -> Arrays.stream(Language.values()).map(language -> Arguments.of(reason, language)));
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @MethodSource("everyReasonInEveryLanguage")
    void routeAndNoticeShouldHaveTheWords(Reason reason, Language language) {
        Explanation words = Sentences.explain(Explanations.situation(reason), language);

        JsonNode json = new ObjectMapper()
                .valueToTree(Explanations.explained(reason, language).json());

        assertThat(json.path("reason").asText()).isEqualTo(reason.word());
        assertThat(json.path("explanation").asText()).isEqualTo(words.forPeople());
        assertThat(json.path("admins").asText()).isEqualTo(words.forAdmins());
        assertThat(flat(json.at("/dsn/text").asText())).contains(words.forPeople(), words.forAdmins(), reason.word());
    }

    /** The log has one language. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void logShouldHaveTheWords(Reason reason) {
        Situation situation = Explanations.situation(reason);
        Unmet unmet = new Unmet(reason, situation.seen(), situation.rules());
        Refuse refusal =
                new Refuse(situation.required(), List.of(unmet), Persistence.RETRY, reason.finalStatus(), List.of());
        EvidenceRecord record = EvidenceRecord.attempt(
                        Instant.EPOCH,
                        new MailIdentity("Mail1", Optional.empty(), "a@klinik.example", "b@partner.example"),
                        RecordedOutcome.WITHHELD)
                .demand(Demand.builder().build())
                .decision(refusal)
                .build();
        String sentence = Sentences.explain(situation, Language.EN).forAdmins();

        assertThat(LogLine.of(record, Optional.of(sentence)))
                .endsWith(" withheld (" + reason.word() + "): " + sentence);
    }

    /** What the policy has found becomes these words, host and rules included. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void refusalShouldBecomeTheWords(Reason reason) {
        Contribution rule = new Contribution(
                Source.RECIPIENT_CLASS,
                "medical",
                Optional.of(TlsLevel.ENCRYPT),
                TlsLevel.ENCRYPT.requirement(),
                Optional.empty());
        Refuse refusal = new Refuse(
                TlsLevel.ENCRYPT.requirement(),
                List.of(new Unmet(reason, "what was seen", List.of(rule))),
                Persistence.RETRY,
                reason.finalStatus(),
                List.of());

        Situation found = Situation.of(
                "partner.example",
                Optional.of("mx.partner.example[192.0.2.7]:25"),
                refusal,
                Demand.builder().build(),
                Optional.empty());

        assertThat(Sentences.explain(found, Language.DE))
                .isEqualTo(Sentences.explain(Explanations.situation(reason), Language.DE));
    }
}
