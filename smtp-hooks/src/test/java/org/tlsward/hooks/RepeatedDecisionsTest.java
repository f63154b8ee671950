/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.policy.Reason;

class RepeatedDecisionsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:59:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final RepeatedDecisions decisions = new RepeatedDecisions(clock);

    @Test
    void refusalsThatAreAlikeShouldHaveOneLineAndACount() throws Exception {
        assertThat(lines(5, "192.0.2.7", "a@klinik.example", RecordedOutcome.REFUSED))
                .isEqualTo(1);
        assertThat(lines(2, "192.0.2.7", "b@klinik.example", RecordedOutcome.REFUSED))
                .isEqualTo(1);
        assertThat(lines(2, "192.0.2.8", "a@klinik.example", RecordedOutcome.REFUSED))
                .isEqualTo(1);
        assertThat(decisions.takeCounts()).isEmpty();

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));

        List<EvidenceRecord> counts = decisions.takeCounts();
        assertThat(counts).extracting(EvidenceRecord::times).containsExactlyInAnyOrder(4L, 1L, 1L);
        assertThat(counts)
                .filteredOn(count -> count.times() == 4)
                .allSatisfy(count -> assertThat(count.mail().recipient()).isEqualTo("a@klinik.example"))
                .allSatisfy(count -> assertThat(count.time()).isEqualTo(now.get()));
        assertThat(decisions.takeCounts()).isEmpty();
        assertThat(lines(1, "192.0.2.7", "a@klinik.example", RecordedOutcome.REFUSED))
                .as("a new hour")
                .isEqualTo(1);
    }

    @Test
    void acceptancesShouldHaveALineEachForLonger() throws Exception {
        assertThat(lines(105, "192.0.2.7", "a@klinik.example", RecordedOutcome.ACCEPTED))
                .isEqualTo(100);
        assertThat(decisions.takeAllCounts()).extracting(EvidenceRecord::times).containsExactly(5L);
    }

    @Test
    void oneClientShouldNotFillTheDiskWithEverNewRecipients() throws Exception {
        long lines = 0;
        for (int i = 0; i < 2_000; i++) {
            // An IPv6 client has as many addresses as it likes.
            lines += lines(
                    1, "2001:db8::" + Integer.toHexString(i), "dr" + i + "@klinik.example", RecordedOutcome.REFUSED);
        }
        assertThat(lines).isEqualTo(500);
        List<EvidenceRecord> counts = decisions.takeAllCounts();
        assertThat(counts).extracting(EvidenceRecord::times).containsExactly(1_500L);
        assertThat(counts.get(0).mail().recipient()).isEmpty();
    }

    @Test
    void manyClientsShouldNotFillTheHeap() throws Exception {
        long lines = 0;
        for (int i = 0; i < 12_000; i++) {
            lines += lines(1, "10.0." + i / 250 + "." + i % 250, "dr@klinik.example", RecordedOutcome.REFUSED);
        }
        assertThat(lines).isLessThan(10_000);
        assertThat(decisions.takeAllCounts()).extracting(EvidenceRecord::times).containsExactly(12_000L - lines);
    }

    private long lines(int times, String client, String recipient, RecordedOutcome outcome)
            throws UnknownHostException {
        long lines = 0;
        for (int i = 0; i < times; i++) {
            EvidenceRecord record = EvidenceRecord.gate(
                            now.get(), new MailIdentity("", Optional.empty(), "x@partner.example", recipient), outcome)
                    .reason(Reason.TLS_NOT_OFFERED)
                    .build();
            lines += decisions.isCounted(InetAddress.getByName(client), record) ? 0 : 1;
        }
        return lines;
    }
}
