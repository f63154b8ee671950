/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.names;
import static org.tlsward.policy.Fixtures.pins;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {

    @Test
    void everyConditionShouldImplyTls() {
        assertThat(Requirement.builder().minimum(TlsVersion.TLS_1_2).build().encrypted())
                .isTrue();
        assertThat(pins(Fixtures.PIN).encrypted()).isTrue();
        assertThat(Requirement.builder().requireTls().build().encrypted()).isTrue();
        assertThat(Requirement.NEVER.encrypted()).isTrue();
        assertThat(Requirement.NOTHING.encrypted()).isFalse();
    }

    @Test
    void everyNameShouldImplyAValidChain() {
        assertThat(Requirement.builder().mxName().build().validChain()).isTrue();
        assertThat(Requirement.builder().nextHopName().build().validChain()).isTrue();
        assertThat(names("mx.example").validChain()).isTrue();
        assertThat(pins(Fixtures.PIN).validChain()).isFalse();
    }

    @Test
    void joinShouldTakeTheNewerMinimum() {
        Requirement old = Requirement.builder().minimum(TlsVersion.TLS_1_2).build();
        Requirement recent = Requirement.builder().minimum(TlsVersion.TLS_1_3).build();
        assertThat(old.join(recent).minimum()).contains(TlsVersion.TLS_1_3);
        assertThat(recent.join(Requirement.NOTHING).minimum()).contains(TlsVersion.TLS_1_3);
    }

    @Test
    void joinShouldIntersectNames() {
        assertThat(names(".a.example", "b.example")
                        .join(names("mx.a.example", ".b.example"))
                        .names())
                .contains(names("mx.a.example").names().orElseThrow());
    }

    @Test
    void namesThatExcludeEachOtherShouldBeUnsatisfiable() {
        Requirement both = names("a.example").join(names("b.example"));
        assertThat(both.isUnsatisfiable()).isTrue();
        assertThat(both.never()).isFalse();
    }

    @Test
    void pinsThatExcludeEachOtherShouldBeUnsatisfiable() {
        assertThat(pins(Fixtures.PIN).join(pins(Fixtures.OTHER_PIN)).isUnsatisfiable())
                .isTrue();
        assertThat(pins(Fixtures.PIN, Fixtures.OTHER_PIN)
                        .join(pins(Fixtures.OTHER_PIN))
                        .pins())
                .contains(pins(Fixtures.OTHER_PIN).pins().orElseThrow());
    }

    @Test
    void pinsShouldBeComparedInLowerCase() {
        assertThat(pins("AB".repeat(32))).isEqualTo(pins("ab".repeat(32)));
    }

    @Test
    void anUnreadableMarkShouldBeUnsatisfiableAndNotNever() {
        assertThat(Requirement.UNSATISFIABLE.isUnsatisfiable()).isTrue();
        assertThat(Requirement.UNSATISFIABLE.never()).isFalse();
        assertThat(Requirement.UNSATISFIABLE.isEmpty()).isFalse();
    }

    /** Raising a profile: what an explicit level may be put in the place of. */
    @ParameterizedTest
    @CsvSource({
        "dane-only, authenticated, true",
        "secure, authenticated, true",
        "secure, verify, false",
        "verify, authenticated, false",
        "verify, encrypt, true",
        "authenticated, encrypt, true",
        "authenticated, dane-only, false",
        "encrypt, may, true",
        "may, encrypt, false",
        "fingerprint, encrypt, true",
        "never, dane-only, true",
        "never, verify, true",
        "dane-only, never, false"
    })
    void atLeastShouldKnowWhatImpliesWhat(String level, String other, boolean expected) {
        assertThat(TlsLevel.of(level)
                        .orElseThrow()
                        .requirement()
                        .atLeast(TlsLevel.of(other).orElseThrow().requirement()))
                .isEqualTo(expected);
    }

    @Test
    void pinsShouldBeAtLeastAuthenticated() {
        assertThat(pins(Fixtures.PIN).atLeast(Fixtures.AUTHENTICATED)).isTrue();
        assertThat(names("mx.example").atLeast(Fixtures.AUTHENTICATED)).isTrue();
        assertThat(names(".a.example").atLeast(names("mx.a.example"))).isFalse();
        assertThat(names("mx.a.example").atLeast(names(".a.example"))).isTrue();
        assertThat(pins(Fixtures.PIN).atLeast(pins(Fixtures.PIN, Fixtures.OTHER_PIN)))
                .isTrue();
    }

    @Test
    void requireTlsShouldLeaveTlsBehind() {
        Requirement rest = Requirement.builder().requireTls().build().withoutRequireTls();
        assertThat(rest).isEqualTo(Fixtures.ENCRYPT);
    }

    @Test
    void collectionsShouldBeCopied() {
        java.util.TreeSet<String> digests = new java.util.TreeSet<>(List.of(Fixtures.PIN));
        Requirement required = pins(Fixtures.PIN);
        Requirement copy = new Requirement(
                true,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                required.minimum(),
                required.names(),
                java.util.Optional.of(digests),
                false);
        digests.clear();
        assertThat(copy).isEqualTo(required);
    }
}
