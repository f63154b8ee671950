/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("minimum", "observe", "exempt", "via", "level");

    @ParameterizedTest
    @CsvSource({
        "minumum,minimum",
        "MINIMUM,minimum",
        "minmum,minimum",
        "minimums,minimum",
        "obsevre,observe",
        "vai,via",
        "levle,level"
    })
    void slipShouldFindItsWord(String slip, String meant) {
        assertThat(Suggestion.nearest(slip, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"reason", "x", "minimumminimumminimumminimumminimumminimumminimum"})
    void otherWordShouldFindNothing(String word) {
        assertThat(Suggestion.nearest(word, KNOWN)).isEmpty();
    }
}
