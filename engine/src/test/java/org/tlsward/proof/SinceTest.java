/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 2026-11-20T00:00:00Z",
        "2026-11-20T01:02:03Z, 2026-11-20T01:02:03Z",
        "7d, 2026-11-15T12:00:00Z",
        "12h, 2026-11-22T00:00:00Z",
        "9999-12-31, 9999-12-31T00:00:00Z"
    })
    void timeShouldBeRead(String text, String since) {
        assertThat(Since.parse(text, NOON)).isEqualTo(Instant.parse(since));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "0d",
                "2026-13-01",
                "+1000000000-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+10000-01-01",
                "-0001-12-31"
            })
    void whatNoCalendarHasShouldBeRefused(String text) {
        assertThatThrownBy(() -> Since.parse(text, NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unsupported time \"" + text + "\" (expected: ");
    }
}
