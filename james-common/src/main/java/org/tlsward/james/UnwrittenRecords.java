/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.util.ArrayList;
import java.util.List;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;

/**
 * What has happened and could not be written to the evidence, the oldest first. Bounded; and strangers, who make a decision of the gate
 * with each RCPT, do not take the places of the attempts. Thread-safe, and never waits for a disk.
 */
final class UnwrittenRecords {
    /** While nothing can be written only mail without requirement goes out, and the log of the server has it all. */
    static final int MOST = 10_000;

    static final int MOST_OF_THE_GATE = 1_000;

    private final List<EvidenceRecord> records = new ArrayList<>();
    private int ofTheGate;

    synchronized boolean isEmpty() {
        return records.isEmpty();
    }

    /** Keeps what there is room for, and returns how many there is none for. */
    synchronized int keep(List<EvidenceRecord> some) {
        int before = records.size();
        for (EvidenceRecord record : some) {
            boolean gate = record.type() == EvidenceType.GATE;
            if (records.size() < MOST && (!gate || ofTheGate < MOST_OF_THE_GATE)) {
                records.add(record);
                ofTheGate += gate ? 1 : 0;
            }
        }
        return some.size() - (records.size() - before);
    }

    /** The first ones. */
    synchronized List<EvidenceRecord> first(int most) {
        return List.copyOf(records.subList(0, Math.min(records.size(), most)));
    }

    /** Forgets as many of the first ones, which are written now. */
    synchronized void forget(int written) {
        List<EvidenceRecord> gone = records.subList(0, written);
        ofTheGate -= (int) gone.stream()
                .filter(record -> record.type() == EvidenceType.GATE)
                .count();
        gone.clear();
    }
}
