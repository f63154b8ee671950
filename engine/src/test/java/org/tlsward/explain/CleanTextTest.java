/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CleanTextTest {
    @Test
    void controlsShouldBeBlanksAndWhatMisleadsTheEyeReplaced() {
        assertThat(CleanText.of("a\r\nb\u001b[2J\u0085\u2028c\u007f", 100)).isEqualTo("a  b [2J  c ");
        assertThat(CleanText.of("a\u202eb\u200bc\ud800d\ue000", 100)).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd");
        assertThat(CleanText.of("Grüße 🏥", 100)).isEqualTo("Grüße 🏥");
    }

    @Test
    void longTextShouldEndInAnEllipsis() {
        assertThat(CleanText.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(CleanText.of("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(CleanText.of("abcd🏥🏥", 6)).isEqualTo("abcd…");
    }

    @Property
    void anyTextShouldBeOneSoundLineWithinItsLimit(
            @ForAll String text, @ForAll @IntRange(min = 2, max = 50) int limit) {
        String clean = CleanText.of(text, limit);
        assertThat(clean.length()).isLessThanOrEqualTo(limit);
        assertThat(clean.codePoints().map(Character::getType))
                .doesNotContain((int) Character.CONTROL, (int) Character.SURROGATE, (int) Character.LINE_SEPARATOR);
    }
}
