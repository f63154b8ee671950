/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to deliver to one recipient, or one decision of the inbound gate.
 *
 * @param time when it ended
 * @param type which of the two
 * @param mail which mail, and for whom
 * @param judgement what was required, and by which rule
 * @param peer the server at the other end; empty if no host was chosen
 * @param tls the session; empty if there was no TLS
 * @param result what came of it
 * @param times how often; more than one where decisions that are alike are counted
 */
public record EvidenceRecord(
        Instant time,
        EvidenceType type,
        MailIdentity mail,
        Judgement judgement,
        Optional<PeerHost> peer,
        Optional<SeenTls> tls,
        Result result,
        long times)
        implements EvidenceEntry {

    /** Starts a record of an attempt. */
    public static EvidenceRecordBuilder attempt(Instant time, MailIdentity mail, RecordedOutcome outcome) {
        return new EvidenceRecordBuilder(time, EvidenceType.ATTEMPT, mail, outcome);
    }

    /** Starts a record of a decision of the inbound gate. */
    public static EvidenceRecordBuilder gate(Instant time, MailIdentity mail, RecordedOutcome outcome) {
        return new EvidenceRecordBuilder(time, EvidenceType.GATE, mail, outcome);
    }

    /** The same about another mail. */
    public EvidenceRecord with(MailIdentity other) {
        return new EvidenceRecord(time, type, other, judgement, peer, tls, result, times);
    }

    /** As often, up to that time. */
    public EvidenceRecord counted(Instant until, long often) {
        return new EvidenceRecord(until, type, mail, judgement, peer, tls, result, often);
    }

    /**
     * True if that line is of an earlier host of the same attempt: it got something, did not take the mail, and the next one was
     * tried at once. The lines of an attempt about one recipient stand one behind the other, the last one is the outcome.
     */
    public boolean isAfterAnotherHost(EvidenceRecord earlier) {
        return type == EvidenceType.ATTEMPT
                && earlier.type == type
                && earlier.result.outcome() == RecordedOutcome.DEFERRED
                && !earlier.result.traffic().equals(new Result.Traffic(0, 0))
                && earlier.time.equals(time)
                && earlier.mail.equals(mail);
    }

    @Override
    public EvidenceRecord with(AddressForm form) {
        // The certificate of a client may be that of a person; servers have names that anybody can look up.
        Optional<SeenTls> shown = type == EvidenceType.GATE && form.hides() ? tls.map(SeenTls::withoutSubject) : tls;
        return new EvidenceRecord(time, type, mail.with(form), judgement, peer, shown, result.with(form), times);
    }
}
