/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.Shipment;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.DestinationMemory.Seen;
import org.tlsward.james.MetricNames;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardMetrics;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.TlsAttempt;

/** One attempt with one queued mail: deliver, write the evidence, store what follows. */
final class AttemptMail implements OutgoingQueueRunner.Attempt {
    private static final Logger LOGGER = LoggerFactory.getLogger(AttemptMail.class);

    private final Surroundings around;
    private final Carrier carrier;
    private final MailShipments shipments;
    private final Settlement settlement;

    /** What an attempt needs of the server. */
    record Surroundings(
            Ward ward,
            WardEvidence evidence,
            DestinationMemory memory,
            OutgoingMail outgoing,
            Counters counters,
            InnerErrors errors,
            MailetContext context,
            Clock clock) {}

    /** Who counts what. */
    record Counters(TlsReportSessions sessions, WardMetrics metrics) {}

    /** Brings shipments to other servers. */
    interface Carrier {
        /** Empty if the destination has no connection to spare. */
        Optional<DeliveryReport> deliver(WardConfiguration configuration, Shipment shipment);
    }

    AttemptMail(Surroundings around, Carrier carrier, MailShipments shipments, Settlement settlement) {
        this.around = around;
        this.carrier = carrier;
        this.shipments = shipments;
        this.settlement = settlement;
    }

    /** Recipients that share a transaction; the part makes the names of their copies differ from those of others. */
    private record Group(MailShipments.Key key, List<Addressee> addressees, String part) {
        List<MailAddress> addresses() {
            return addressees.stream().map(Addressee::address).toList();
        }
    }

    /**
     * Comes back when everything that follows is stored; then the queued mail may be acknowledged.
     *
     * @throws MessagingException with the recipients in {@code mail} for whom nothing is stored
     */
    @Override
    public void run(Mail mail) throws MessagingException {
        WardConfiguration configuration = around.ward().current().configuration();
        Map<MailShipments.Key, List<Addressee>> groups =
                shipments.split(mail, configuration, around.clock().instant());
        if (groups.values().stream().anyMatch(AttemptMail::isServerStopped)) {
            StoppedTime.begin(mail, around.clock().instant());
        } else {
            StoppedTime.end(mail, around.clock().instant());
        }
        RetryState state = RetryState.of(mail, around.clock().instant());
        List<MailAddress> open = new ArrayList<>(mail.getRecipients());
        Map<PutBack, List<MailAddress>> waiting = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<MailShipments.Key, List<Addressee>> entry : groups.entrySet()) {
            String part = groups.size() == 1 ? "" : number++ + ".";
            Group group = new Group(entry.getKey(), entry.getValue(), part);
            Map<PutBack, List<MailAddress>> left = attempt(mail, state, group, configuration);
            // Whatever goes wrong with the groups after it, this one is not delivered to again.
            open.removeAll(group.addresses());
            left.forEach((why, some) -> {
                waiting.computeIfAbsent(why, key -> new ArrayList<>()).addAll(some);
                open.addAll(some);
            });
            mail.setRecipients(open);
        }
        for (Map.Entry<PutBack, List<MailAddress>> some : waiting.entrySet()) {
            settlement.putBack(mail, some.getValue(), some.getKey());
            open.removeAll(some.getValue());
            mail.setRecipients(open);
        }
    }

    /** An attempt for one group, and who is to be put back and why. What goes wrong with it is no matter of the other groups. */
    private Map<PutBack, List<MailAddress>> attempt(
            Mail mail, RetryState state, Group group, WardConfiguration configuration) {
        if (isServerStopped(group.addressees())) {
            return hold(mail, state, group, Obstructed.serverStopped());
        }
        if (around.outgoing().isHeld(group.key().destination().domain())) {
            return hold(mail, state, group, Obstructed.held());
        }
        if (!group.key().group().required().isEmpty() && !around.evidence().isAvailable()) {
            return Map.of(PutBack.NO_EVIDENCE, group.addresses());
        }
        TimeMetric time = around.counters().metrics().time(MetricNames.ATTEMPT);
        Optional<DeliveryReport> report = deliver(mail, group, configuration);
        if (report.isEmpty()) {
            return Map.of(PutBack.CROWDED, group.addresses());
        }
        time.stopAndPublish();
        learn(group.key().destination().domain(), report.get());
        around.counters().sessions().count(mail, report.get());
        return putBack(settlement.store(mail, state, settle(mail, state, group, report.get()), group.part()));
    }

    /** The stop of the whole server is about every mail. */
    private static boolean isServerStopped(List<Addressee> addressees) {
        return addressees.stream()
                .flatMap(each -> each.consignee().demand().stops().stream())
                .anyMatch(stop -> stop.what() == EmergencyStop.What.SERVER);
    }

    private static Map<PutBack, List<MailAddress>> putBack(List<Settled> left) {
        return left.isEmpty()
                ? Map.of()
                : Map.of(
                        PutBack.INNER_ERROR,
                        left.stream().map(each -> each.addressee().address()).toList());
    }

    private Map<PutBack, List<MailAddress>> hold(Mail mail, RetryState state, Group group, Outcome why) {
        Instant now = around.clock().instant();
        List<Settled> held = group.addressees().stream()
                .map(each -> Settled.held(each, why, state, now))
                .toList();
        try {
            settlement.hold(mail, state, held, group.part());
            return Map.of();
        } catch (MessagingException | RuntimeException e) {
            around.errors().record(mail.getName() + " is held and the sender cannot be told", e);
            return Map.of(PutBack.HELD, group.addresses());
        }
    }

    private Optional<DeliveryReport> deliver(Mail mail, Group group, WardConfiguration configuration) {
        MailShipments.Key key = group.key();
        if (key.obstacle().isPresent()) {
            return Optional.of(
                    Obstructed.report(group.addressees(), key.obstacle().get()));
        }
        try {
            return carrier.deliver(
                    configuration,
                    MailShipments.shipment(mail, key.destination(), group.addressees(), around.context()));
        } catch (MessagingException | RuntimeException | LinkageError e) {
            around.errors().record("the attempt with " + mail.getName() + " ended in an error", e);
            return Optional.of(Obstructed.byError(group.addressees(), "an error in this server: " + e));
        }
    }

    /** Only for matchers: an attempt is over whether this works or not. */
    private void learn(String domain, DeliveryReport report) {
        try {
            List<TlsAttempt> seen =
                    report.attempts().stream().map(HostAttempt::tls).toList();
            if (seen.stream().anyMatch(TlsAttempt.Established.class::isInstance)) {
                around.memory().learn(domain, Seen.TLS);
            } else if (seen.stream()
                    .anyMatch(tls -> tls instanceof TlsAttempt.NotOffered || tls instanceof TlsAttempt.Failed)) {
                around.memory().learn(domain, Seen.CLEARTEXT);
            }
        } catch (RuntimeException | LinkageError e) {
            around.errors().record("what was seen of " + domain + " cannot be remembered", e);
        }
    }

    private List<Settled> settle(Mail mail, RetryState state, Group group, DeliveryReport report) {
        Instant now = around.clock().instant();
        List<Settled> settled = new ArrayList<>();
        for (int i = 0; i < group.addressees().size(); i++) {
            Addressee addressee = group.addressees().get(i);
            Outcome outcome = report.recipients().get(i).outcome();
            try {
                settled.add(Settled.of(addressee, outcome, state, now));
            } catch (RuntimeException | LinkageError e) {
                around.errors().record("what follows for " + addressee.address() + " cannot be found out", e);
                settled.add(Settled.afterError(addressee, outcome));
            }
        }
        record(mail, group.key(), lines(report, settled), now);
        return settled;
    }

    /** A line of the evidence; only the last one of a recipient is its outcome, and counted. */
    private record Line(Settled settled, boolean isOutcome) {}

    /** For each recipient: the hosts that got something and did not take it, then its outcome. */
    private static List<Line> lines(DeliveryReport report, List<Settled> settled) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < settled.size(); i++) {
            Settled last = settled.get(i);
            report.recipients()
                    .get(i)
                    .earlier()
                    .forEach(earlier -> lines.add(new Line(Settled.passedOver(last.addressee(), earlier), false)));
            lines.add(new Line(last, true));
        }
        return lines;
    }

    private void record(Mail mail, MailShipments.Key key, List<Line> lines, Instant now) {
        try {
            List<EvidenceRecord> records = lines.stream()
                    .map(each -> OutcomeRecords.evidence(mail, each.settled(), key.destination(), now))
                    .toList();
            for (int i = 0; i < records.size(); i++) {
                if (lines.get(i).isOutcome()) {
                    around.counters().metrics().count(records.get(i));
                }
            }
            boolean written = around.evidence()
                    .record(
                            records,
                            lines.stream()
                                    .map(each -> Optional.of(OutcomeRecords.sentence(each.settled())))
                                    .toList());
            if (!written) {
                around.counters().metrics().count(MetricNames.EVIDENCE_FAILED, records.size());
            }
        } catch (RuntimeException | LinkageError e) {
            // A server has the mail, or not: to try again would not undo it.
            LOGGER.error("an attempt with {} cannot be recorded: {}", mail.getName(), lines, e);
        }
    }
}
