/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.Lowering;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.SessionTls;

/** Collects an {@link EvidenceRecord}. Not thread-safe. */
public final class EvidenceRecordBuilder {
    private final Instant time;
    private final EvidenceType type;
    private final MailIdentity mail;
    private final RecordedOutcome outcome;
    private final List<String> classes = new ArrayList<>();
    private final List<RecordedRule> rules = new ArrayList<>();
    private final List<RecordedLowering> lowerings = new ArrayList<>();
    private final List<RecordedObservation> observations = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();
    private String required = RequirementText.format(Requirement.NOTHING);
    private Optional<PeerHost> peer = Optional.empty();
    private Optional<SeenTls> tls = Optional.empty();
    private Optional<Reason> reason = Optional.empty();
    private Optional<String> reply = Optional.empty();
    private Duration duration = Duration.ZERO;
    private Result.Traffic traffic = new Result.Traffic(0, 0);
    private boolean acknowledged;
    private long times = 1;

    EvidenceRecordBuilder(Instant time, EvidenceType type, MailIdentity mail, RecordedOutcome outcome) {
        this.time = time;
        this.type = type;
        this.mail = mail;
        this.outcome = outcome;
    }

    /** What our side demanded: its classes, its rules, what lowered it, and their join unless a decision says more. */
    public EvidenceRecordBuilder demand(Demand demand) {
        demand.classes().stream().map(ClassRule::name).forEach(classes::add);
        rules(demand.contributions());
        demand.lowerings().stream().map(RecordedLowering::of).forEach(lowerings::add);
        return required(demand.required());
    }

    /** What was decided: the requirement with what the destination publishes, the reason, what would have been. */
    public EvidenceRecordBuilder decision(Decision decision) {
        decision.observations().stream().map(RecordedObservation::of).forEach(observations::add);
        if (decision instanceof Decision.Refuse refuse) {
            reason(refuse.reason());
            refuse.unmet().forEach(unmet -> rules(unmet.by()));
        }
        return required(decision.required());
    }

    /** What the gate decided about a recipient of these classes in that session. */
    public EvidenceRecordBuilder gate(
            Collection<ClassRule> recipientClasses, Optional<SessionTls> session, InboundGate.Verdict verdict) {
        tls = session.map(SeenTls::of);
        InboundMinimum minimum = InboundMinimum.NONE;
        for (ClassRule rule : recipientClasses) {
            classes.add(rule.name());
            add(RecordedRule.inbound(rule, rule.inbound().minimum()));
            minimum = minimum.join(rule.inbound().minimum());
        }
        required = minimum.word();
        if (verdict instanceof InboundGate.Refuse) {
            return reason(missing());
        }
        if (verdict instanceof InboundGate.Accept accept) {
            accept.wouldRefuse()
                    .ifPresent(unmet -> observations.add(new RecordedObservation(
                            RecordedRule.inbound(unmet.rule(), unmet.minimum()), missing(), seenVersion())));
            return this;
        }
        return reason(verdict instanceof InboundGate.Stopped ? Reason.EMERGENCY : Reason.CLASS_UNKNOWN);
    }

    private Reason missing() {
        return tls.isEmpty() ? Reason.TLS_NOT_OFFERED : Reason.TLS_VERSION_TOO_LOW;
    }

    private String seenVersion() {
        return tls.map(SeenTls::version).orElse("no TLS");
    }

    /** Rules that had a say; each is recorded once. */
    public EvidenceRecordBuilder rules(Collection<Contribution> contributions) {
        contributions.stream().map(RecordedRule::of).forEach(this::add);
        return this;
    }

    private void add(RecordedRule rule) {
        if (!rules.contains(rule)) {
            rules.add(rule);
        }
    }

    /** All rules together. */
    public EvidenceRecordBuilder required(Requirement requirement) {
        required = RequirementText.format(requirement);
        return this;
    }

    /** Something that lowered the requirement. */
    public EvidenceRecordBuilder lowered(Lowering lowering) {
        lowerings.add(RecordedLowering.of(lowering));
        return this;
    }

    /** The server at the other end. */
    public EvidenceRecordBuilder peer(PeerHost host) {
        peer = Optional.of(host);
        return this;
    }

    /** The session. */
    public EvidenceRecordBuilder tls(SeenTls session) {
        tls = Optional.of(session);
        return this;
    }

    /** Why it may not travel. */
    public EvidenceRecordBuilder reason(Reason why) {
        reason = Optional.of(why);
        return this;
    }

    /** A short word about the peer. */
    public EvidenceRecordBuilder verdict(String word) {
        verdicts.add(word);
        return this;
    }

    /** What the remote server said last. */
    public EvidenceRecordBuilder reply(String text) {
        reply = Optional.of(text);
        return this;
    }

    /** From the first look-up to the last reply. */
    public EvidenceRecordBuilder duration(Duration time) {
        duration = time;
        return this;
    }

    /** Bytes of envelope and message that were sent before (or without) and after the handshake. */
    public EvidenceRecordBuilder sent(long inCleartext, long insideTls) {
        traffic = new Result.Traffic(inCleartext, insideTls);
        return this;
    }

    /** The remote server answered the end of the message. */
    public EvidenceRecordBuilder acknowledged() {
        acknowledged = true;
        return this;
    }

    /** How often it happened, if not once. */
    public EvidenceRecordBuilder times(long count) {
        times = count;
        return this;
    }

    /** The record. */
    public EvidenceRecord build() {
        return new EvidenceRecord(
                time,
                type,
                mail,
                new Judgement(classes.stream().distinct().toList(), required, rules, lowerings, observations),
                peer,
                tls,
                new Result(outcome, reason, verdicts, reply, duration, traffic, acknowledged),
                times);
    }
}
