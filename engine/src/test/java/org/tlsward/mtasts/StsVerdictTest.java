/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.mtasts.StsPolicy.Mode;
import org.tlsward.policy.MtaSts;

/** RFC 8461 §4.1 and §5. */
class StsVerdictTest {
    private static StsAnswer known(Mode mode, String... mx) {
        return new StsAnswer.Known(new StsPolicy(mode, List.of(mx), Duration.ofDays(1), List.of()), "1", Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example, mx.example, true",
        "mx.example, MX.Example., true",
        "mx.example, mx2.example, false",
        "mx.example, a.mx.example, false",
        "mx.example, example, false",
        "*.example.net, mx.example.net, true",
        "*.example.net, MX.EXAMPLE.NET., true",
        "*.example.net, a.mx.example.net, false", // exactly one label
        "*.example.net, example.net, false",
        "*.example.net, .example.net, false",
        "*.example.net, mx.example.network, false",
        "*.example.net, mxexample.net, false",
        "*.xn--bcher-kva.example, mx.b\u00FCcher.example, true",
        "xn--bcher-kva.example, B\u00DCCHER.example, true",
        "mail.example, MAIL.example, true", // the locale of the tests has a dotless i
        "mx.example, '', false",
        "*.example.net, *.example.net, false",
        "mx.example, 192.0.2.1, false"
    })
    void aPatternShouldMatchHosts(String pattern, String host, boolean expected) {
        assertThat(MxPattern.matches(pattern, host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ENFORCE, mx.example, ENFORCE",
        "ENFORCE, b.example.net, ENFORCE",
        "ENFORCE, evil.example, ENFORCE_MX_MISMATCH",
        "TESTING, mx.example, TESTING",
        "TESTING, evil.example, TESTING_MX_MISMATCH",
        "NONE, mx.example, NONE",
        "NONE, evil.example, NONE"
    })
    void aKnownPolicyShouldJudgeTheHost(Mode mode, String host, MtaSts expected) {
        assertThat(StsVerdict.about(known(mode, "mx.example", "*.example.net"), host))
                .isEqualTo(expected);
    }

    @Test
    void whatIsNotKnownShouldStayApart() {
        assertThat(StsVerdict.about(new StsAnswer.None(), "mx.example")).isEqualTo(MtaSts.NONE);
        assertThat(StsVerdict.about(new StsAnswer.NotFetched("sts-policy-invalid", "x"), "mx.example"))
                .isEqualTo(MtaSts.NOT_FETCHED);
        assertThat(StsVerdict.about(new StsAnswer.LookupFailed("x"), "mx.example"))
                .isEqualTo(MtaSts.LOOKUP_FAILED);
    }

    @Property
    void nothingShouldThrow(@ForAll String pattern, @ForAll String host) {
        MxPattern.canonical(pattern)
                .ifPresent(canonical -> assertThat(StsVerdict.about(known(Mode.ENFORCE, canonical), host))
                        .isIn(MtaSts.ENFORCE, MtaSts.ENFORCE_MX_MISMATCH));
    }
}
