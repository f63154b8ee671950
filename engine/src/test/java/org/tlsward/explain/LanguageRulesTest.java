/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageRulesTest {
    private static final Map<String, Language> DOMAINS = Map.of("klinik.example", Language.DE);
    private static final LanguageRules RULES = new LanguageRules(Optional.empty(), DOMAINS, Language.EN);
    private static final Optional<String> NONE = Optional.empty();

    @Test
    void theConfigurationShouldGoBeforeEverything() {
        LanguageRules always = new LanguageRules(Optional.of(Language.FR), DOMAINS, Language.EN);
        assertThat(always.choose("a@klinik.example", Optional.of("de"), Optional.of("en")))
                .isEqualTo(Language.FR);
    }

    @Test
    void theDomainOfTheSenderShouldGoBeforeTheHeaders() {
        assertThat(RULES.choose("a@Klinik.Example", Optional.of("fr"), NONE)).isEqualTo(Language.DE);
        assertThat(RULES.choose("a@herz.klinik.example", Optional.of("fr"), NONE))
                .isEqualTo(Language.DE);
        assertThat(RULES.choose("a@andereklinik.example", Optional.of("fr"), NONE))
                .isEqualTo(Language.FR);
        assertThat(RULES.choose("", NONE, NONE)).isEqualTo(Language.EN);
    }

    @Test
    void whatTheReaderPrefersShouldGoBeforeWhatTheMailIsWrittenIn() {
        assertThat(RULES.choose("a@b.example", Optional.of("fr"), Optional.of("de")))
                .isEqualTo(Language.FR);
        assertThat(RULES.choose("a@b.example", Optional.of("nl"), Optional.of("de")))
                .isEqualTo(Language.DE);
        assertThat(RULES.choose("a@b.example", NONE, NONE)).isEqualTo(Language.EN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT, en;q=0.8 | DE",
                "nl, en;q=0.3, fr;q=0.9 | FR",
                "en;q=0.5, de;q=0.5 | EN",
                "de;q=0, fr;q=0.1 | FR",
                "de;q=0 | EN",
                "de;q=2, fr | FR",
                "DE_at | DE",
                "FR ; q=1.000, de;q=0.999 | FR",
                "* | EN",
                ", ,;;=, | EN",
                "deutsch | EN",
            })
    void weightsShouldBeHeeded(String header, Language expected) {
        assertThat(RULES.choose("a@b.example", Optional.of(header), NONE)).isEqualTo(expected);
    }

    @Property
    void anyHeaderShouldGiveALanguage(@ForAll String sender, @ForAll String header) {
        assertThat(RULES.choose(sender, Optional.of(header), Optional.of(header)))
                .isNotNull();
    }
}
