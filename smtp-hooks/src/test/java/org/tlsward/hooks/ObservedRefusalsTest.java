/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundGate.Unmet;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;

class ObservedRefusalsTest {
    private static final Unmet UNMET = new Unmet(
            new ClassRule(
                    "medical",
                    new InboundRule(InboundMinimum.NONE, Optional.of(InboundMinimum.ANY), List.of()),
                    OutboundRule.NOTHING,
                    Map.of()),
            InboundMinimum.ANY);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T23:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final ObservedRefusals observed = new ObservedRefusals(clock);

    @Test
    void summaryShouldComeOnceAfterTheDayEnded() {
        observe("a@klinik.example");
        observe("a@klinik.example");
        observe("b@klinik.example");
        assertThat(observed.takeSummaryOfPastDay()).isEmpty();

        now.updateAndGet(instant -> instant.plus(Duration.ofHours(2)));

        assertThat(observed.takeSummaryOfPastDay()).hasValueSatisfying(text -> assertThat(text)
                .contains("on 2026-03-01")
                .contains("2 x class=medical client=192.0.2.7 recipient=a@klinik.example needs=any has=cleartext")
                .contains("1 x class=medical client=192.0.2.7 recipient=b@klinik.example"));
        assertThat(observed.takeSummaryOfPastDay()).isEmpty();
    }

    @Test
    void aDayWithoutObservationsShouldHaveNoSummary() {
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(3)));
        assertThat(observed.takeSummaryOfPastDay()).isEmpty();
    }

    @Test
    void aScanShouldNotFillTheHeap() {
        for (int i = 0; i < 10_500; i++) {
            observe("u" + i + "@klinik.example");
        }
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(1)));
        assertThat(observed.takeSummaryOfPastDay())
                .hasValueSatisfying(text -> assertThat(text).endsWith("and 500 more"));
    }

    private void observe(String recipient) {
        try {
            observed.add(recipient, UNMET, Optional.empty(), InetAddress.getByName("192.0.2.7"));
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
