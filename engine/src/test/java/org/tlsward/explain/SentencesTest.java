/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

class SentencesTest {
    /** Words that a clinician need not know, in lower case. */
    private static final List<String> JARGON = List.of(
            "tls",
            "ssl",
            "dane",
            "sni",
            "smtp",
            "dns",
            "mta",
            "mx",
            "pkix",
            "requiretls",
            "ca",
            "cipher",
            "handshake",
            "zertifikat",
            "certificate",
            "certificat",
            "fingerprint",
            "sha",
            "header",
            "envelope",
            "relay",
            "port",
            "hash",
            "hop",
            "null",
            "protokoll",
            "protocol",
            "protocole",
            "xml",
            "dsn",
            "rfc",
            "queue");

    private static final List<Requirement> REQUIREMENTS = List.of(
            Requirement.NOTHING,
            Requirement.NEVER,
            Requirement.UNSATISFIABLE,
            TlsLevel.ENCRYPT.requirement(),
            TlsLevel.AUTHENTICATED.requirement(),
            TlsLevel.DANE_ONLY.requirement(),
            Requirement.builder().minimum(TlsVersion.TLS_1_3).build());

    static Stream<Arguments> everyReasonInEveryLanguage() {
        return Arrays.stream(Reason.values())
                .flatMap(reason -> Arrays.stream(Language.values()).map(language -> Arguments.of(reason, language)));
    }

    @ParameterizedTest
    @MethodSource("everyReasonInEveryLanguage")
    void everyReasonShouldHaveItsSentenceInEveryLanguage(Reason reason, Language language) {
        for (Source source : Source.values()) {
            for (Requirement required : REQUIREMENTS) {
                Explanation explanation = Sentences.explain(Situations.of(reason, required, source), language);
                assertThat(explanation.forPeople())
                        .doesNotContain("{", "}")
                        .contains(
                                "23",
                                Situations.MEDICAL.alternative(language.code()).orElseThrow())
                        .endsWith(
                                Situations.MEDICAL.alternative(language.code()).orElseThrow());
                assertThat(explanation.forAdmins())
                        .doesNotContain("{", "}")
                        .contains("mx.partner.example", source.word());
                assertThat(words(explanation.forPeople())).doesNotContainAnyElementsOf(JARGON);
            }
        }
    }

    /** Nobody is left alone with a refusal. */
    @ParameterizedTest
    @MethodSource("everyReasonInEveryLanguage")
    void everyReasonShouldSayWhatToDo(Reason reason, Language language) {
        Explanation explanation =
                Sentences.explain(Situations.of(reason, TlsLevel.ENCRYPT.requirement(), Source.MARK), language);
        String please =
                switch (language) {
                    case DE -> "Bitte|bitte|Sie müssen nichts tun";
                    case EN -> "Please|please|nothing for you to do";
                    case FR -> "Veuillez|veuillez|n'avez rien à faire";
                };

        assertThat(explanation.forPeople()).containsPattern(please);
        // What was decided here on purpose cannot be mended by an admin.
        if (reason != Reason.NEVER_BY_MAIL && reason != Reason.EMERGENCY) {
            assertThat(explanation.forAdmins()).containsPattern(please);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void noTwoReasonsShouldSayTheSame(Language language) {
        List<Explanation> all = Arrays.stream(Reason.values())
                .map(reason -> Situations.of(reason, TlsLevel.ENCRYPT.requirement(), Source.MARK))
                .map(situation -> Sentences.explain(situation, language))
                .toList();
        assertThat(all.stream().map(Explanation::forPeople)).doesNotHaveDuplicates();
        assertThat(all.stream().map(Explanation::forAdmins)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyLanguageShouldHaveTheSamePhrasesWithTheSameParameters(Language language) {
        Phrases phrases = Phrases.in(language);
        Phrases english = Phrases.in(Language.EN);
        assertThat(phrases.templates().keySet()).isEqualTo(english.templates().keySet());
        phrases.templates().forEach((key, template) -> assertThat(template.parameters())
                .as(key)
                .isEqualTo(english.templates().get(key).parameters()));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void noPhraseShouldBeLeftOver(Language language) {
        Set<String> reasons = Arrays.stream(Reason.values()).map(Reason::word).collect(Collectors.toSet());
        Phrases.in(language).templates().keySet().stream()
                .filter(key -> key.startsWith("seen.") || key.startsWith("admins."))
                .forEach(key -> assertThat(reasons).contains(key.substring(key.indexOf('.') + 1)));
    }

    @Test
    void theSentenceShouldSayWhatWasRequiredByWhichRuleWhatWasSeenAndWhatToDo() {
        Situation waiting = Situations.tlsNotOffered(Optional.of(Situations.TOMORROW));
        assertThat(Sentences.explain(waiting, Language.DE).forPeople())
                .isEqualTo(
                        "Diese Nachricht darf nur verschlüsselt übertragen werden, weil der Empfänger zur Gruppe „medical“"
                                + " gehört. Der Mail-Server von partner.example nimmt aber keine verschlüsselten Nachrichten an."
                                + " Beheben kann das nur die IT-Betreuung des Empfängers: Bitte geben Sie ihm den technischen Hinweis"
                                + " weiter und wählen Sie bis dahin einen anderen Weg. Wir versuchen es bis 23.11.2026, 16:05 Uhr"
                                + " (UTC+01:00) weiter und geben Ihnen Bescheid, wenn es nicht gelingt."
                                + " Was Sie stattdessen tun können: Rufen Sie uns an: 0 30");
        assertThat(Sentences.explain(waiting, Language.EN).forAdmins())
                .isEqualTo("mx.partner.example does not offer STARTTLS, or refuses it (no STARTTLS in the EHLO reply)."
                        + " Please enable STARTTLS on port 25, with TLS 1.2 or newer. Required: encrypted."
                        + " Rules: recipient-class medical (encrypt).");
    }

    @Test
    void whenWeHaveGivenUpItShouldPromiseNothing() {
        assertThat(Sentences.explain(Situations.tlsNotOffered(Optional.empty()), Language.EN)
                        .forPeople())
                .doesNotContain("keep trying");
    }

    @Test
    void severalRulesShouldBeToldOnceEach() {
        Situation situation = Situations.of(
                Reason.CERTIFICATE_UNTRUSTED,
                TlsLevel.VERIFY.requirement(),
                Source.RECIPIENT_CLASS,
                Source.RECIPIENT_CLASS,
                Source.DANE,
                Source.MTA_STS);
        assertThat(Sentences.explain(situation, Language.FR).forPeople())
                .contains("groupe « medical » et parce que le destinataire l'a annoncé. Mais")
                .doesNotContain("annoncé et");
    }

    @Test
    void valuesShouldBeTextAndNotPlaceholders() {
        Situation hostile = new Situation(
                "{host}.example",
                Optional.of("{seen}\r\n"),
                Reason.TLS_NOT_OFFERED,
                "{rules}$1\\" + "x".repeat(10_000),
                Requirement.NOTHING,
                List.of(),
                List.of(),
                Optional.empty());
        Explanation explanation = Sentences.explain(hostile, Language.EN);
        assertThat(explanation.forPeople()).contains("mail server of {host}.example");
        assertThat(explanation.forAdmins())
                .startsWith("{seen}   does not")
                .contains("{rules}$1\\xxx")
                .hasSizeLessThan(1000);
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
    }
}
