/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;
import org.tlsward.policy.Reason;

class ProofPhrasesTest {
    @ParameterizedTest
    @EnumSource
    void everyLanguageShouldSayTheSame(Language language) {
        assertSame(ProofPhrases.story(Language.EN), ProofPhrases.story(language));
        assertSame(ProofPhrases.papers(Language.EN), ProofPhrases.papers(language));
    }

    private static void assertSame(Phrases english, Phrases other) {
        assertThat(other.templates().keySet()).isEqualTo(english.templates().keySet());
        english.templates().forEach((key, template) -> assertThat(
                        other.templates().get(key).parameters())
                .as(key)
                .containsExactlyInAnyOrderElementsOf(template.parameters()));
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatCanBeWrittenShouldHaveASentence(Language language) {
        StoryTeller teller = new StoryTeller(language);
        MailIdentity mail = WrittenLog.mail("1", "praxis@partner.example");
        for (Deed deed : Deed.values()) {
            assertThat(teller.tell(EvidenceAction.ofServer(Instant.EPOCH, deed, mail, Optional.empty())))
                    .isNotBlank();
        }
        for (RecordedOutcome outcome : RecordedOutcome.values()) {
            for (Reason reason : Reason.values()) {
                assertThat(teller.tell(EvidenceRecord.attempt(Instant.EPOCH, mail, outcome)
                                .reason(reason)
                                .build()))
                        .contains("praxis@partner.example");
            }
            assertThat(teller.tell(EvidenceRecord.attempt(Instant.EPOCH, mail, outcome)
                            .tls(WrittenLog.tls("TLSv1.2"))
                            .peer(WrittenLog.host(mail))
                            .build()))
                    .contains("mx.partner.example", "TLSv1.2");
        }
        for (PeerProof proof : PeerProof.values()) {
            assertThat(ProofPhrases.story(language).has("proof." + proof.word()))
                    .isTrue();
        }
    }
}
