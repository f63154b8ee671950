/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "dr.*,dr.a,true",
        "dr.*,dr.,true",
        "dr.*,dr,false",
        "dr.?,dr.a,true",
        "dr.?,dr.,false",
        "dr.?,dr.ab,false",
        "*a*b*c,xaybzc,true",
        "*a*b*c,xaybz,false",
        "*,'',true",
        "?,'',false",
        "**,a,true",
        "'','',true",
        "'',a,false",
        "?,\ud83d\ude00,true",
        "a.b,axb,false"
    })
    void matchesShouldKnowStarAndQuestionMark(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
    }

    @Property
    void matchesShouldSayWhatARegularExpressionSays(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        String regex = pattern.replace(".", "\\.").replace("*", ".*").replace("?", ".");
        assertThat(new Glob(pattern).matches(text)).isEqualTo(Pattern.matches(regex, text));
    }

    @Test
    void matchesShouldNotExplode() {
        String pattern = "*a".repeat(500) + "b";
        String text = "a".repeat(5000);
        // with backtracking over every star this would outlive the machine
        boolean matches =
                Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> new Glob(pattern).matches(text));
        assertThat(matches).isFalse();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab.*?").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab.").ofMaxLength(10);
    }
}
