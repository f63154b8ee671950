/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedLowering;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsVersion;

/** Counts the lines of a day. Its memory is bounded, whatever they say. */
final class DayCount implements EvidenceArchive.LineVisitor {
    private static final int MOST_DOMAINS = 1_000;
    private static final int MOST_DELAYED = 100_000;

    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final Set<String> delayed = new HashSet<>();
    private int domains;
    private Optional<EvidenceRecord> waits = Optional.empty();

    @Override
    public void line(ArchivedLine line) {
        line.entry().ifPresent(this::entry);
    }

    private void entry(EvidenceEntry entry) {
        if (entry instanceof EvidenceAction action) {
            action(action);
        } else if (entry instanceof EvidenceRecord record) {
            if (record.type() == EvidenceType.GATE) {
                gate(record);
            } else {
                attempt(record);
            }
        }
    }

    private void action(EvidenceAction action) {
        add("deed." + action.deed().word());
        if (action.deed() == Deed.BOUNCED || action.deed() == Deed.EXPIRED) {
            add("out.bounced");
        }
    }

    private void gate(EvidenceRecord record) {
        RecordedOutcome outcome = record.result().outcome();
        // Decisions that are alike are one line with their number.
        long times = Math.max(1, record.times());
        if (outcome != RecordedOutcome.ACCEPTED) {
            // 451 is no refusal: the class was not known, or an operator had stopped it, and the sender tries again.
            add(outcome == RecordedOutcome.DEFERRED ? "in.deferred" : "in.refused", times);
            return;
        }
        add("in.accepted", times);
        // Only versions that there are: the file could name any number of others.
        String version = record.tls()
                .map(tls ->
                        TlsVersion.of(tls.version()).map(TlsVersion::protocol).orElse("other"))
                .orElse("none");
        add("in.tls." + version, times);
    }

    private void attempt(EvidenceRecord record) {
        if (waits.filter(earlier -> !record.isAfterAnotherHost(earlier)).isPresent()) {
            delayed(waits.get().mail());
        }
        waits = Optional.empty();
        switch (record.result().outcome()) {
            case DELIVERED -> delivered(record);
            case DEFERRED -> waits = Optional.of(record); // the next line may be that of the next host
            case REJECTED -> add("out.bounced");
            case WITHHELD -> {
                add("out.withheld");
                record.result().reason().map(Reason::word).ifPresent(reason -> add("reason." + reason));
            }
            case ACCEPTED, REFUSED -> {
                // No attempt ends so.
            }
        }
    }

    private void delivered(EvidenceRecord record) {
        PeerProof proof = PeerProof.of(record);
        if (proof == PeerProof.CLEARTEXT) {
            add("out.cleartext");
            record.peer().map(PeerHost::domain).ifPresent(this::cleartext);
        } else {
            add(proof.isAuthenticated() ? "out.authenticated" : "out.encrypted");
            record.tls()
                    .map(SeenTls::version)
                    .flatMap(TlsVersion::of)
                    .ifPresent(version -> add("out.tls." + version.protocol()));
        }
        record.judgement().lowerings().stream()
                .map(RecordedLowering::kind)
                .filter(kind -> kind.matches("[a-z-]{1,40}"))
                .distinct()
                .forEach(kind -> add("lowered." + kind));
        record.judgement().observations().stream()
                .map(observed -> observed.reason().word())
                .distinct()
                .forEach(reason -> add("observed." + reason));
    }

    private void cleartext(String domain) {
        String name = "cleartext." + domain.toLowerCase(Locale.ROOT);
        if (counts.containsKey(name) || domains++ < MOST_DOMAINS) {
            add(name);
        }
    }

    /** Every attempt has a name of its own in the queue; the Message-ID stays. */
    private void delayed(MailIdentity mail) {
        String one = mail.messageId().orElse(mail.queueId()) + " " + mail.recipient();
        if (delayed.contains(one)) {
            return;
        }
        add("out.delayed");
        if (delayed.size() < MOST_DELAYED) {
            delayed.add(one);
        }
    }

    private void add(String name) {
        add(name, 1);
    }

    private void add(String name, long times) {
        counts.merge(name, times, Long::sum);
    }

    DayFigures figures() {
        waits.map(EvidenceRecord::mail).ifPresent(this::delayed);
        waits = Optional.empty();
        return new DayFigures(counts);
    }
}
