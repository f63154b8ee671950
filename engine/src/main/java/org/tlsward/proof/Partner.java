/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedObservation;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.Result;
import org.tlsward.evidence.SeenTls;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/** What was seen of one destination. */
public final class Partner {
    private static final int MOST_FAULTS = 50;

    private final String domain;
    private final Set<LocalDate> days = new HashSet<>();
    private final Map<TlsLevel, Integer> met = new EnumMap<>(TlsLevel.class);
    private final SortedMap<String, Integer> versions = new TreeMap<>();
    private final Map<String, Fault> faults = new TreeMap<>();
    private final Map<Reason, Integer> observed = new EnumMap<>(Reason.class);
    private int sessions;
    private int withheld;
    private int deferred;
    private final Set<String> hosts = new HashSet<>();
    private Optional<EvidenceRecord> last = Optional.empty();

    Partner(String domain) {
        this.domain = domain;
    }

    /**
     * Something that is wrong with a host.
     *
     * @param reason the stable word
     * @param host where it was seen
     * @param times how often
     * @param first day
     * @param last day
     */
    public record Fault(Reason reason, String host, int times, LocalDate first, LocalDate last) {
        Fault again(LocalDate day) {
            return new Fault(
                    reason, host, times + 1, day.isBefore(first) ? day : first, day.isAfter(last) ? day : last);
        }
    }

    void add(EvidenceRecord record, LocalDate day) {
        count(record);
        record.result().reason().ifPresent(reason -> fault(reason, record, day));
        for (RecordedObservation observation : record.judgement().observations()) {
            fault(observation.reason(), record, day);
        }
        if (last.filter(before -> before.time().equals(record.time())
                        && before.mail().queueId().equals(record.mail().queueId()))
                .isEmpty()) {
            hosts.clear();
        }
        // All recipients of one transaction have one session; an attempt may need several hosts.
        if (tellsOfTls(record) && hosts.add(record.peer().map(PeerHost::name).orElse(""))) {
            session(record, day);
        }
        last = Optional.of(record);
    }

    private void count(EvidenceRecord record) {
        RecordedOutcome outcome = record.result().outcome();
        if (last.filter(record::isAfterAnotherHost).isPresent()) {
            deferred--; // it did not wait then, it went to the next host
        }
        withheld += outcome == RecordedOutcome.WITHHELD ? 1 : 0;
        deferred += outcome == RecordedOutcome.DEFERRED ? 1 : 0;
        if (outcome == RecordedOutcome.DELIVERED) {
            record.judgement().observations().stream()
                    .map(RecordedObservation::reason)
                    .distinct()
                    .forEach(reason -> observed.merge(reason, 1, Integer::sum));
        }
    }

    private void fault(Reason reason, EvidenceRecord record, LocalDate day) {
        String host = record.peer().map(PeerHost::name).orElse(domain);
        String key = reason.word() + " " + host;
        if (faults.containsKey(key) || faults.size() < MOST_FAULTS) {
            faults.merge(key, new Fault(reason, host, 1, day, day), (old, once) -> old.again(day));
        }
    }

    /** A host that did not answer, or said "later" before STARTTLS, tells nothing about its TLS. */
    private static boolean tellsOfTls(EvidenceRecord record) {
        Result result = record.result();
        return record.tls().isPresent()
                || result.outcome() == RecordedOutcome.DELIVERED
                || result.traffic().inCleartext() > 0
                || result.reason().isPresent();
    }

    private void session(EvidenceRecord record, LocalDate day) {
        sessions++;
        days.add(day);
        Optional<SeenTls> tls = record.tls();
        versions.merge(tls.map(SeenTls::version).orElse("none"), 1, Integer::sum);
        if (tls.isEmpty()) {
            return;
        }
        List<String> verdicts = record.result().verdicts();
        boolean valid = verdicts.contains("chain-valid");
        met(TlsLevel.ENCRYPT, true);
        met(TlsLevel.VERIFY, valid && verdicts.contains("mx-name"));
        met(TlsLevel.SECURE, valid && verdicts.contains("next-hop-name"));
        met(TlsLevel.AUTHENTICATED, verdicts.contains("dane") || verdicts.contains("mta-sts"));
        met(TlsLevel.DANE_ONLY, verdicts.contains("dane"));
    }

    private void met(TlsLevel level, boolean condition) {
        met.merge(level, condition ? 1 : 0, Integer::sum);
    }

    /** The recipient domain. */
    public String domain() {
        return domain;
    }

    /** Connections that told something about its TLS. */
    public int sessions() {
        return sessions;
    }

    /** Days (UTC) on which there was one. */
    public int days() {
        return days.size();
    }

    /** Mails and recipients that were withheld. */
    public int withheld() {
        return withheld;
    }

    /** Attempts after which the mail waited. */
    public int deferred() {
        return deferred;
    }

    /** True if every session would have done for that level. */
    boolean alwaysMet(TlsLevel level) {
        return sessions > 0 && met.getOrDefault(level, 0) == sessions;
    }

    /** The version that every session had, if all had the same one. */
    Optional<TlsVersion> onlyVersion() {
        return versions.size() == 1 ? TlsVersion.of(versions.firstKey()) : Optional.empty();
    }

    /** How many sessions by TLS version; {@code none} without TLS. */
    public SortedMap<String, Integer> versions() {
        return Collections.unmodifiableSortedMap(versions);
    }

    /** What was wrong. */
    public Collection<Fault> faults() {
        return Collections.unmodifiableCollection(faults.values());
    }

    /** How many were delivered that a rule which only observes would have withheld. */
    public Map<Reason, Integer> observed() {
        return Collections.unmodifiableMap(observed);
    }
}
