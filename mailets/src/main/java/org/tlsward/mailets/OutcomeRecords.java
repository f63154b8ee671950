/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.HostFacts;
import org.tlsward.delivery.HostPublication;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.PeerVerdicts;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceRecordBuilder;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.TlsPeer;

/** What is written down about the outcome for one recipient: evidence, and the note that notices and quarantine are made of. */
final class OutcomeRecords {
    private OutcomeRecords() {}

    /** The evidence of one attempt for one recipient. */
    static EvidenceRecord evidence(Mail mail, Settled settled, Destination destination, Instant now) {
        Outcome outcome = settled.outcome();
        Circumstances at = outcome.circumstances();
        EvidenceRecordBuilder record = EvidenceRecord.attempt(
                        now,
                        new MailIdentity(
                                mail.getName(),
                                messageId(mail),
                                mail.getMaybeSender()
                                        .asOptional()
                                        .map(MailAddress::asString)
                                        .orElse(""),
                                settled.addressee().address().asString()),
                        recorded(settled.fate()))
                .demand(settled.demand())
                .duration(at.duration())
                .sent(at.bytes().beforeHandshake(), at.bytes().afterHandshake());
        at.host().map(host -> published(settled.demand(), host)).ifPresent(record::rules);
        at.decision().ifPresent(record::decision);
        if (outcome instanceof Outcome.Unmet unmet) {
            record.decision(unmet.refusal());
        }
        at.server()
                .ifPresent(server -> record.peer(new PeerHost(
                        destination.domain(),
                        at.host().map(host -> host.candidate().host()).orElseGet(server::displayName),
                        Optional.ofNullable(server.address().getAddress()).map(java.net.InetAddress::getHostAddress),
                        naming(at))));
        at.tls().map(OutcomeRecords::seen).ifPresent(record::tls);
        PeerVerdicts.of(at).forEach(record::verdict);
        outcome.reply().map(Reply::toString).ifPresent(record::reply);
        if (outcome instanceof Outcome.Delivered) {
            record.acknowledged();
        } else if (outcome.reply().isEmpty()) {
            record.detail(outcome.explanation());
        }
        return record.build();
    }

    private static List<Contribution> published(Demand demand, HostFacts host) {
        HostPublication published = host.published();
        return PolicyEngine.publishedRules(new Facts(
                demand,
                host.candidate(),
                published.dane().state(),
                published.mtaSts().state(),
                new TlsAttempt.NotYet()));
    }

    private static PeerHost.Naming naming(Circumstances at) {
        return at.host()
                .map(host -> PeerHost.Naming.of(
                        host.candidate().origin(), host.published().mtaSts().state()))
                .orElse(PeerHost.Naming.NONE);
    }

    private static SeenTls seen(TlsPeer tls) {
        return new SeenTls(
                tls.protocol(),
                tls.cipherSuite(),
                Optional.empty(),
                tls.sha256(),
                tls.leaf().map(leaf -> leaf.getSubjectX500Principal().getName()));
    }

    private static RecordedOutcome recorded(SettledFate fate) {
        return switch (fate) {
            case DELIVERED -> RecordedOutcome.DELIVERED;
            case TRY_AGAIN -> RecordedOutcome.DEFERRED;
            case WITHHELD -> RecordedOutcome.WITHHELD;
            case REJECTED -> RecordedOutcome.REJECTED;
        };
    }

    private static Optional<String> messageId(Mail mail) {
        try {
            return Optional.ofNullable(mail.getMessage().getMessageID());
        } catch (javax.mail.MessagingException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** What people have to know about a recipient that was not delivered (yet). */
    static RecipientNote note(Settled settled) {
        Outcome outcome = settled.outcome();
        Demand demand = settled.demand();
        Optional<Decision.Refuse> refusal =
                outcome instanceof Outcome.Unmet unmet ? Optional.of(unmet.refusal()) : Optional.empty();
        return new RecipientNote(
                settled.addressee().address().asString(),
                settled.addressee().consignee().recipient().originalRecipient(),
                fate(settled.fate()),
                refusal.map(Decision.Refuse::reason),
                status(settled),
                refusal.map(Decision.Refuse::required).orElse(demand.required()),
                rules(demand, refusal),
                outcome.circumstances().server().map(Object::toString),
                refusal.map(refuse -> refuse.unmet().get(0).seen()).orElse(outcome.explanation()),
                outcome.reply().map(Reply::toString),
                // Where nobody knows the class, the alternatives of all classes would only mislead.
                refusal.filter(refuse -> refuse.reason() == Reason.CLASS_UNKNOWN)
                                .isPresent()
                        ? List.of()
                        : demand.classes(),
                settled.giveUpAt(),
                demand.withoutLowering());
    }

    /** The sentence of the log, in the words that the technical note of a notice has (DESIGN §7). */
    static String sentence(Settled settled) {
        try {
            return note(settled)
                    .situation(Optional.empty())
                    .map(situation -> Sentences.explain(situation, Language.EN).forAdmins())
                    .orElseGet(() -> settled.outcome().explanation());
        } catch (RuntimeException e) {
            return settled.outcome().explanation(); // the evidence is not lost for want of words
        }
    }

    private static Fate fate(SettledFate fate) {
        return switch (fate) {
            case WITHHELD -> Fate.WITHHELD;
            case REJECTED -> Fate.REJECTED;
            case TRY_AGAIN -> Fate.DELAYED;
            case DELIVERED -> Fate.RELAYED;
        };
    }

    /** While it waits the temporary code, at the end the permanent one (RULES §8). */
    private static String status(Settled settled) {
        if (settled.fate() == SettledFate.TRY_AGAIN) {
            return settled.outcome().status();
        }
        if (settled.outcome() instanceof Outcome.Unmet unmet) {
            return unmet.refusal().finalStatus();
        }
        String status = settled.outcome().status();
        return status.startsWith("4.") ? "5." + status.substring(2) : status;
    }

    private static List<Contribution> rules(Demand demand, Optional<Decision.Refuse> refusal) {
        Stream<Contribution> rules = refusal.isPresent()
                ? refusal.get().unmet().stream().flatMap(unmet -> unmet.by().stream())
                : demand.contributions().stream()
                        .filter(rule -> !rule.required().isEmpty());
        return rules.distinct().toList();
    }

    /** The stable word of the reason, for routing. */
    static Optional<Reason> reason(Settled settled) {
        return settled.outcome() instanceof Outcome.Unmet unmet ? Optional.of(unmet.reason()) : Optional.empty();
    }
}
