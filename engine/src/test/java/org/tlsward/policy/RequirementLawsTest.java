/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;

/** The laws of {@link Requirement#join}, and what they mean for peers. */
@Domain(PolicyArbitraries.class)
class RequirementLawsTest {

    @Property
    void joinShouldBeCommutative(@ForAll Requirement a, @ForAll Requirement b) {
        assertThat(a.join(b)).isEqualTo(b.join(a));
    }

    @Property
    void joinShouldBeAssociative(@ForAll Requirement a, @ForAll Requirement b, @ForAll Requirement c) {
        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
    }

    @Property
    void joinShouldBeIdempotent(@ForAll Requirement a) {
        assertThat(a.join(a)).isEqualTo(a);
    }

    @Property
    void nothingShouldAddNothing(@ForAll Requirement a) {
        assertThat(a.join(Requirement.NOTHING)).isEqualTo(a);
    }

    @Property
    void joinShouldNeverBeWeakerThanASide(@ForAll Requirement a, @ForAll Requirement b) {
        assertThat(a.join(b).atLeast(a)).isTrue();
        assertThat(a.join(b).atLeast(b)).isTrue();
    }

    @Property
    void unsatisfiableShouldStaySo(@ForAll Requirement a, @ForAll Requirement b) {
        Assume.that(a.isUnsatisfiable());
        assertThat(a.join(b).isUnsatisfiable()).isTrue();
    }

    /** What {@code join} is for: whoever satisfies both together satisfies each. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void peerThatMeetsTheJoinShouldMeetBothSides(@ForAll Facts facts, @ForAll Requirement a, @ForAll Requirement b) {
        Requirement both = a.join(b);
        Evaluation evaluation = new Evaluation(facts, both);
        boolean met = evaluation.of(both).isEmpty();
        Statistics.collect(met);
        // Not true of nobody.
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 1));
        if (met) {
            assertThat(evaluation.of(a)).isEmpty();
            assertThat(evaluation.of(b)).isEmpty();
        }
    }

    /** The same read backwards: who fails a side fails the join. Most made-up peers do. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void peerThatFailsASideShouldFailTheJoin(@ForAll Facts facts, @ForAll Requirement a, @ForAll Requirement b) {
        Evaluation evaluation = new Evaluation(facts, a.join(b));
        if (!evaluation.of(a).isEmpty()) {
            assertThat(evaluation.of(a.join(b))).isNotEmpty();
        }
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void peerThatMeetsTheStrongerShouldMeetTheWeaker(
            @ForAll Facts facts, @ForAll Requirement a, @ForAll Requirement b) {
        Assume.that(a.atLeast(b));
        Evaluation evaluation = new Evaluation(facts, a.join(b));
        if (evaluation.of(a).isEmpty()) {
            assertThat(evaluation.of(b)).isEmpty();
        }
    }

    @Property
    void nothingThatCannotBeSatisfiedShouldBeMet(@ForAll Facts facts, @ForAll Requirement a) {
        Assume.that(a.isUnsatisfiable());
        assertThat(new Evaluation(facts, a).of(a)).isNotEmpty();
    }

    @Property
    void textShouldComeBackAsItWas(@ForAll Requirement a) {
        assertThat(RequirementText.parse(RequirementText.format(a))).isEqualTo(a);
    }

    @Property
    void headerShouldNeverSayLess(@ForAll Requirement a) {
        assertThat(RequireHeader.parse(RequireHeader.values(a)).atLeast(a)).isTrue();
    }
}
