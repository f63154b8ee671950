/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.DestinationMemory.Seen;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.TlsAttempt;

/** One attempt with one queued mail: deliver, write the evidence, store what follows. */
final class AttemptMail {
    /** A destination that has no connection to spare now. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** Evidence cannot be written: protected mail waits (DESIGN: disk full). */
    private static final Duration NO_EVIDENCE = Duration.ofMinutes(1);

    /** Something of ours is broken: the mail must not be lost for it, nor go round at full speed. */
    static final Duration INNER_ERROR = Duration.ofMinutes(5);

    private static final Logger LOGGER = LoggerFactory.getLogger(AttemptMail.class);

    private final Surroundings around;
    private final MailShipments shipments;
    private final Settlement settlement;

    /** What an attempt needs of the server. */
    record Surroundings(
            Ward ward,
            WardEvidence evidence,
            LiveDelivery delivery,
            DestinationMemory memory,
            MailetContext context,
            Clock clock) {}

    AttemptMail(Surroundings around, MailShipments shipments, Settlement settlement) {
        this.around = around;
        this.shipments = shipments;
        this.settlement = settlement;
    }

    /**
     * Comes back when everything that follows is stored; then the queued mail may be acknowledged.
     *
     * @throws MessagingException with the recipients in {@code mail} for whom nothing is stored
     */
    void run(Mail mail) throws MessagingException {
        WardConfiguration configuration = around.ward().current().configuration();
        RetryState state = RetryState.of(mail, around.clock().instant());
        Map<MailShipments.Key, List<Addressee>> groups =
                shipments.split(mail, configuration, around.clock().instant());
        Map<Duration, List<MailAddress>> waiting = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<MailShipments.Key, List<Addressee>> group : groups.entrySet()) {
            String part = groups.size() == 1 ? "" : number++ + ".";
            attempt(mail, state, new Group(group.getKey(), group.getValue(), part), configuration)
                    .forEach((pause, some) -> waiting.computeIfAbsent(pause, key -> new ArrayList<>())
                            .addAll(some));
        }
        List<MailAddress> left =
                new ArrayList<>(waiting.values().stream().flatMap(List::stream).toList());
        mail.setRecipients(left);
        for (Map.Entry<Duration, List<MailAddress>> some : waiting.entrySet()) {
            settlement.putBack(mail, state, some.getValue(), some.getKey());
            left.removeAll(some.getValue());
            mail.setRecipients(left);
        }
    }

    /** Recipients that share a transaction; the part makes the names of their copies differ from those of others. */
    private record Group(MailShipments.Key key, List<Addressee> addressees, String part) {
        List<MailAddress> addresses() {
            return addressees.stream().map(Addressee::address).toList();
        }
    }

    /** An attempt for one group, and who is to be put back for how long. What goes wrong with it is no matter of the other groups. */
    private Map<Duration, List<MailAddress>> attempt(
            Mail mail, RetryState state, Group group, WardConfiguration configuration) {
        if (!group.key().group().required().isEmpty() && !around.evidence().isAvailable()) {
            return Map.of(NO_EVIDENCE, group.addresses());
        }
        Optional<DeliveryReport> report;
        try {
            report = group.key().obstacle().isPresent()
                    ? Optional.of(Obstructed.report(
                            group.addressees(), group.key().obstacle().get()))
                    : deliver(mail, group.key(), group.addressees(), configuration);
        } catch (MessagingException | RuntimeException | LinkageError e) {
            LOGGER.error("the attempt with {} ended in an error; it is tried again later", mail.getName(), e);
            return Map.of(INNER_ERROR, group.addresses());
        }
        if (report.isEmpty()) {
            return Map.of(BUSY, group.addresses());
        }
        learn(group.key().destination().domain(), report.get());
        List<Settled> settled = settle(mail, state, group, report.get());
        List<Settled> left = settlement.store(mail, state, settled, group.part());
        return left.isEmpty()
                ? Map.of()
                : Map.of(
                        INNER_ERROR,
                        left.stream().map(each -> each.addressee().address()).toList());
    }

    private Optional<DeliveryReport> deliver(
            Mail mail, MailShipments.Key key, List<Addressee> some, WardConfiguration configuration)
            throws MessagingException {
        return around.delivery()
                .by(configuration)
                .deliver(
                        MailShipments.shipment(mail, key.destination(), some, around.context()), Duration.ofSeconds(1));
    }

    private void learn(String domain, DeliveryReport report) {
        List<TlsAttempt> seen = report.attempts().stream().map(HostAttempt::tls).toList();
        if (seen.stream().anyMatch(TlsAttempt.Established.class::isInstance)) {
            around.memory().learn(domain, Seen.TLS);
        } else if (seen.stream()
                .anyMatch(tls -> tls instanceof TlsAttempt.NotOffered || tls instanceof TlsAttempt.Failed)) {
            around.memory().learn(domain, Seen.CLEARTEXT);
        }
    }

    private List<Settled> settle(Mail mail, RetryState state, Group group, DeliveryReport report) {
        Instant now = around.clock().instant();
        List<Settled> settled = new ArrayList<>();
        for (int i = 0; i < group.addressees().size(); i++) {
            RecipientOutcome outcome = report.recipients().get(i);
            settled.add(Settled.of(group.addressees().get(i), outcome.outcome(), state, now));
        }
        record(mail, group.key(), settled, now);
        return settled;
    }

    private void record(Mail mail, MailShipments.Key key, List<Settled> settled, Instant now) {
        try {
            around.evidence()
                    .record(
                            settled.stream()
                                    .map(each -> OutcomeRecords.evidence(mail, each, key.destination(), now))
                                    .toList(),
                            settled.stream()
                                    .map(each -> Optional.of(each.outcome().explanation()))
                                    .toList());
        } catch (RuntimeException | LinkageError e) {
            // A server has the mail, or not: to try again would not undo it.
            LOGGER.error("an attempt with {} cannot be recorded: {}", mail.getName(), settled, e);
        }
    }
}
