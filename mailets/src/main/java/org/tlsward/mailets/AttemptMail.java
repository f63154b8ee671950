/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.mailets.MailShipments.Addressee;

/** One attempt with one queued mail: deliver, write the evidence, store what follows. */
final class AttemptMail {
    /** A destination that has no connection to spare now. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** Evidence cannot be written: protected mail waits (DESIGN: disk full). */
    private static final Duration NO_EVIDENCE = Duration.ofMinutes(1);

    private final Surroundings around;
    private final MailShipments shipments;
    private final Settlement settlement;

    /** What an attempt needs of the server. */
    record Surroundings(Ward ward, WardEvidence evidence, LiveDelivery delivery, MailetContext context, Clock clock) {}

    AttemptMail(Surroundings around, MailShipments shipments, Settlement settlement) {
        this.around = around;
        this.shipments = shipments;
        this.settlement = settlement;
    }

    /** Comes back when everything that follows is stored; then the queued mail may be acknowledged. */
    void run(Mail mail) throws MessagingException {
        WardConfiguration configuration = around.ward().current().configuration();
        Instant now = around.clock().instant();
        RetryState state = RetryState.of(mail, now);
        Map<MailShipments.Key, List<Addressee>> groups = shipments.split(mail, configuration, now);
        List<Settled> all = new ArrayList<>();
        List<Addressee> untried = new ArrayList<>();
        Duration pause = BUSY;
        for (Map.Entry<MailShipments.Key, List<Addressee>> group : groups.entrySet()) {
            boolean mustWait = !group.getKey().group().required().isEmpty()
                    && !around.evidence().isAvailable();
            Optional<DeliveryReport> report =
                    mustWait ? Optional.empty() : deliver(mail, group.getKey(), group.getValue(), configuration);
            if (report.isEmpty()) {
                pause = mustWait ? NO_EVIDENCE : pause;
                untried.addAll(group.getValue());
            } else {
                all.addAll(settle(mail, state, group.getKey(), group.getValue(), report.get()));
            }
        }
        if (!all.isEmpty()) {
            settlement.store(mail, state, all);
        }
        if (!untried.isEmpty()) {
            mail.setRecipients(untried.stream().map(Addressee::address).toList());
            settlement.putBack(mail, state, pause);
        }
    }

    private Optional<DeliveryReport> deliver(
            Mail mail, MailShipments.Key key, List<Addressee> some, WardConfiguration configuration)
            throws MessagingException {
        return around.delivery()
                .by(configuration)
                .deliver(
                        MailShipments.shipment(mail, key.destination(), some, around.context()), Duration.ofSeconds(1));
    }

    private List<Settled> settle(
            Mail mail, RetryState state, MailShipments.Key key, List<Addressee> some, DeliveryReport report) {
        Instant now = around.clock().instant();
        List<Settled> settled = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            RecipientOutcome outcome = report.recipients().get(i);
            settled.add(Settled.of(some.get(i), outcome.outcome(), state, now));
        }
        around.evidence()
                .record(
                        settled.stream()
                                .map(each -> OutcomeRecords.evidence(mail, each, key.destination(), now))
                                .toList(),
                        settled.stream()
                                .map(each -> Optional.of(each.outcome().explanation()))
                                .toList());
        return settled;
    }
}
