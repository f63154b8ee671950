/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.policy.Reason;

/**
 * Counts what repeats itself within an hour, instead of a line each: a client can name recipients as fast as it likes.
 *
 * <ul>
 *   <li>The same client, recipient, outcome, reason and TLS version: of refusals the first has a line of its own, of acceptances the
 *       first hundred.
 *   <li>One client (with IPv6, one network of 64 bits): 500 lines for refusals, 10,000 for acceptances; more are counted together,
 *       whoever the recipient.
 *   <li>More than 10,000 kinds of decisions in an hour: more are counted together, whoever client and recipient.
 * </ul>
 *
 * <p>The counts have a line when the hour is over or the server stops in good order; a crash loses those of the hour.
 */
final class RepeatedDecisions {
    private static final int MOST_KINDS = 10_000;
    private static final int ALIKE_REFUSED = 1;
    private static final int ALIKE_ACCEPTED = 100;
    private static final int CLIENT_REFUSED = 500;
    private static final int CLIENT_ACCEPTED = 10_000;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final String MANY = "";

    private final Clock clock;
    private final Map<Kind, Long> lines = new HashMap<>();
    private final Map<Kind, Counted> counts = new HashMap<>();
    private final List<EvidenceRecord> finished = new ArrayList<>();
    private Instant hour;

    /** What is alike. */
    private record Kind(
            String client, String recipient, RecordedOutcome outcome, Optional<Reason> reason, String version) {
        Kind ofClient() {
            return new Kind(client, MANY, outcome, Optional.empty(), MANY);
        }

        Kind ofAll() {
            return new Kind(MANY, MANY, outcome, Optional.empty(), MANY);
        }
    }

    /**
     * How often, beyond the lines.
     *
     * @param sample the first that has no line
     * @param times how many
     */
    private record Counted(EvidenceRecord sample, long times) {
        static Counted join(Counted one, Counted two) {
            return new Counted(one.sample(), one.times() + two.times());
        }
    }

    RepeatedDecisions(Clock clock) {
        this.clock = clock;
        this.hour = thisHour();
    }

    /** True if the decision is counted and needs no line. */
    synchronized boolean isCounted(InetAddress client, EvidenceRecord record) {
        endHourIfOver();
        boolean accepted = record.result().outcome() == RecordedOutcome.ACCEPTED;
        Kind kind = kind(client, record);
        boolean known = lines.containsKey(kind);
        if (!known && lines.size() >= MOST_KINDS) {
            return counted(kind.ofAll(), anonymous(record));
        }
        if (lines.getOrDefault(kind.ofClient(), 0L) >= (accepted ? CLIENT_ACCEPTED : CLIENT_REFUSED)) {
            return counted(known ? kind : kind.ofClient(), known ? record : anonymous(record));
        }
        if (lines.getOrDefault(kind, 0L) >= (accepted ? ALIKE_ACCEPTED : ALIKE_REFUSED)) {
            return counted(kind, record);
        }
        lines.merge(kind, 1L, Long::sum);
        lines.merge(kind.ofClient(), 1L, Long::sum);
        return false;
    }

    /** The line of that decision could not be written: another one may have it. */
    synchronized void takeBack(InetAddress client, EvidenceRecord record) {
        Kind kind = kind(client, record);
        for (Kind each : List.of(kind, kind.ofClient())) {
            lines.computeIfPresent(each, (same, number) -> number > 1 ? number - 1 : null);
        }
    }

    private static Kind kind(InetAddress client, EvidenceRecord record) {
        return new Kind(
                network(client),
                record.mail().recipient(),
                record.result().outcome(),
                record.result().reason(),
                record.tls().map(SeenTls::version).orElse(MANY));
    }

    private boolean counted(Kind kind, EvidenceRecord record) {
        counts.merge(kind, new Counted(record, 1), Counted::join);
        return true;
    }

    /** Several recipients, perhaps of several classes. */
    private static EvidenceRecord anonymous(EvidenceRecord record) {
        return record.with(new MailIdentity("", Optional.empty(), "", ""));
    }

    /** The counts of hours that are over, once. */
    synchronized List<EvidenceRecord> takeCounts() {
        endHourIfOver();
        List<EvidenceRecord> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }

    /** All counts, for a server that stops. */
    synchronized List<EvidenceRecord> takeAllCounts() {
        endHour();
        return takeCounts();
    }

    private void endHourIfOver() {
        if (!thisHour().equals(hour)) {
            endHour();
        }
    }

    private void endHour() {
        counts.values().forEach(each -> finished.add(each.sample().counted(clock.instant(), each.times())));
        counts.clear();
        lines.clear();
        hour = thisHour();
    }

    private Instant thisHour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }

    private static String network(InetAddress client) {
        byte[] address = client.getAddress();
        return address.length > IPV4_BYTES
                ? java.util.HexFormat.of().formatHex(address, 0, IPV6_NETWORK_BYTES)
                : client.getHostAddress();
    }
}
