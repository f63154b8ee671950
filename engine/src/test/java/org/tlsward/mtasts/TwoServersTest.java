/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.mtasts.StsWorld.DOMAIN;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.mtasts.StsAnswer.Known;
import org.tlsward.mtasts.StsAnswer.LookupFailed;
import org.tlsward.mtasts.StsAnswer.None;
import org.tlsward.mtasts.StsPolicy.Mode;

/** Two servers that deliver to the same domains, each with a cache of its own, or by accident with one. */
class TwoServersTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final StsWorld world = new StsWorld();

    @TempDir
    Path var;

    @BeforeEach
    void publish() {
        world.publishes("1");
        world.serves(Mode.ENFORCE, WEEK);
    }

    @Test
    void theyShouldFindTheSame() {
        StsAnswer first = world.open(var.resolve("mx1")).of(DOMAIN);
        assertThat(first).isInstanceOf(Known.class);
        assertThat(world.open(var.resolve("mx2")).of(DOMAIN)).isEqualTo(first);
    }

    /** An attacker who hides the record from now on finds only the server that never saw it. */
    @Test
    void whatOneDoesNotKnowShouldNotWeakenTheOther() {
        StsCache knows = world.open(var.resolve("mx1"));
        StsAnswer before = knows.of(DOMAIN);
        world.publishesNothing();
        assertThat(world.open(var.resolve("mx2")).of(DOMAIN)).isInstanceOf(None.class);
        assertThat(knows.of(DOMAIN)).isEqualTo(before).isInstanceOf(Known.class);
    }

    @Test
    void whatOneRemembersTooLongShouldEndForThatOneAlone() {
        StsCache stale = world.open(var.resolve("mx1"));
        assertThat(stale.of(DOMAIN)).isInstanceOf(Known.class);
        world.clock.advance(WEEK.minusSeconds(10));
        StsCache fresh = world.open(var.resolve("mx2"));
        assertThat(fresh.of(DOMAIN)).isInstanceOf(Known.class);
        world.dnsFails();
        world.hostFails();
        world.clock.advance(Duration.ofSeconds(10));
        assertThat(stale.of(DOMAIN)).isInstanceOf(LookupFailed.class);
        assertThat(fresh.of(DOMAIN)).isInstanceOf(Known.class);
    }

    @Test
    void oneDirectoryForBothShouldKeepThePolicyWhole() {
        Path shared = var.resolve("shared");
        StsCache first = world.open(shared);
        StsCache second = world.open(shared);
        StsAnswer policy = first.of(DOMAIN);
        assertThat(second.of(DOMAIN)).isEqualTo(policy);
        world.dnsFails();
        world.hostFails();
        assertThat(world.open(shared).of(DOMAIN)).isEqualTo(policy).isInstanceOf(Known.class);
    }
}
