/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceRecordBuilder;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.james.RecipientJudge.Ruling;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardMetrics;
import org.tlsward.policy.SessionTls;

/**
 * Writes what the gate decides: each decision about a recipient of a class that demands or observes something, or of whom nobody knows
 * the class. Who is of no such class leaves no line.
 *
 * <p>An acceptance is on disk before the client hears of it. What repeats itself is counted, because a client costs a line with every
 * RCPT and could fill the disk: see {@link RepeatedDecisions}.
 */
@Singleton
public class GateEvidence {
    private final Book book;
    private final WardMetrics metrics;
    private final RepeatedDecisions repeated;
    private final Clock clock;

    /** Where decisions are written. */
    interface Book {
        /** Writes something that the client has not heard yet; false if that is impossible. */
        boolean recordBeforehand(EvidenceRecord record);

        /** False while nothing can be written. */
        boolean isOpen();

        /** Writes something that cannot be helped. */
        void record(EvidenceRecord record, Optional<String> sentence);
    }

    /**
     * A client, and whom it names.
     *
     * @param helo what it calls itself
     * @param client its address
     * @param sender of the envelope, empty for none
     * @param recipient of the envelope
     */
    record Transaction(String helo, InetAddress client, String sender, String recipient) {}

    /** Guice calls this. */
    @Inject
    public GateEvidence(WardEvidence evidence, WardMetrics metrics) {
        this(
                new Book() {
                    @Override
                    public boolean recordBeforehand(EvidenceRecord record) {
                        return evidence.recordBeforehand(record);
                    }

                    @Override
                    public boolean isOpen() {
                        return evidence.isAvailable();
                    }

                    @Override
                    public void record(EvidenceRecord record, Optional<String> sentence) {
                        evidence.record(List.of(record), List.of(sentence));
                    }
                },
                metrics,
                Clock.systemUTC());
        evidence.eachMinute(this::writeCounts);
        evidence.atStop(this::writeAllCounts);
    }

    GateEvidence(Book book, WardMetrics metrics, Clock clock) {
        this.book = book;
        this.metrics = metrics;
        this.clock = clock;
        this.repeated = new RepeatedDecisions(clock);
    }

    /**
     * Writes an acceptance, if it is of concern, before the client hears of it, and counts what the client is going to hear.
     *
     * @return false if it cannot be written, and the client must not hear of it
     */
    boolean accepted(Transaction transaction, Optional<SessionTls> tls, Ruling ruling) {
        EvidenceRecord record =
                record(transaction, tls, ruling, RecordedOutcome.ACCEPTED).build();
        if (!ruling.isOfConcern() || isOnDisk(transaction.client(), record)) {
            metrics.count(record);
            return true;
        }
        metrics.count(record(transaction, tls, ruling, RecordedOutcome.DEFERRED).build());
        return false;
    }

    /** Nothing is counted, neither as a line nor beside the lines, that the client does not hear. */
    private boolean isOnDisk(InetAddress client, EvidenceRecord record) {
        if (!book.isOpen()) {
            return false;
        }
        if (repeated.isCounted(client, record)) {
            return true;
        }
        boolean written = book.recordBeforehand(record);
        if (!written) {
            repeated.takeBack(client, record);
        }
        return written;
    }

    /** Writes a refusal: for good, or for now ({@code deferred}). */
    void refused(Transaction transaction, Optional<SessionTls> tls, Ruling ruling, String reply) {
        RecordedOutcome outcome = reply.startsWith("4") ? RecordedOutcome.DEFERRED : RecordedOutcome.REFUSED;
        EvidenceRecord record =
                record(transaction, tls, ruling, outcome).reply(reply).build();
        metrics.count(record);
        if (!repeated.isCounted(transaction.client(), record)) {
            book.record(record, Optional.of(reply));
        }
    }

    private EvidenceRecordBuilder record(
            Transaction transaction, Optional<SessionTls> tls, Ruling ruling, RecordedOutcome outcome) {
        String address = transaction.client().getHostAddress();
        return EvidenceRecord.gate(
                        clock.instant(),
                        new MailIdentity("", Optional.empty(), transaction.sender(), transaction.recipient()),
                        outcome)
                .gate(ruling.classes(), tls, ruling.verdict())
                .peer(new PeerHost("", transaction.helo(), Optional.of(address), PeerHost.Naming.NONE));
    }

    /** Writes what was counted in hours that are over. */
    void writeCounts() {
        repeated.takeCounts().forEach(record -> book.record(record, Optional.empty()));
    }

    /** Writes all that was counted. */
    void writeAllCounts() {
        repeated.takeAllCounts().forEach(record -> book.record(record, Optional.empty()));
    }
}
