/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.tlsward.classes.Membership;
import org.tlsward.config.LiveWard.Snapshot;
import org.tlsward.config.WardConfiguration;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.AddressClasses.Answer;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.TlsReportMark;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.james.quarantine.ReleaseMark;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;
import org.tlsward.policy.RequirementText;

/**
 * What our side demands of the delivery to one recipient, by the configuration of this moment: computed when a mail enters the queue, to
 * split it, and again before every attempt.
 */
class MailDemand {
    private final AddressClasses classes;
    private final EmergencyStops stops;

    @Inject
    MailDemand(AddressClasses classes, EmergencyStops stops) {
        this.classes = classes;
        this.stops = stops;
    }

    /** Is told, by whoever changes them, that other emergency stops count than before. */
    void onStops(Runnable listener) {
        stops.onChange(listener);
    }

    /** Is not told any more. */
    void forget(Runnable listener) {
        stops.forget(listener);
    }

    Demand of(Mail mail, MailAddress recipient, Instant now) {
        DemandBuilder demand = Demand.builder();
        Answer ofRecipient = classes.ofSender(recipient); // its own: aliases are rewritten by now
        Set<String> before = WardAttributes.classes(mail);
        demand.recipientClasses(before.isEmpty() ? ofRecipient.rules() : rules(before, ofRecipient.snapshot()));
        if (!before.isEmpty()) {
            // What it was before it was rewritten counts already; the sender is not told of a forward that there was
            // not.
            demand.rewrittenRecipientClasses(ofRecipient.rules().stream()
                    .filter(rule -> !before.contains(rule.name()))
                    .toList());
        }
        addUnknown(demand, ofRecipient);
        addSender(demand, mail);
        addMarks(demand, mail);
        ReleaseMark.of(mail, recipient).ifPresent(demand::release);
        if (TlsReportMark.isOwnReport(mail, recipient)) {
            demand.ownTlsReport();
        }
        addDestination(
                demand,
                ofRecipient.snapshot().configuration(),
                recipient.getDomain().asString(),
                now);
        return demand.build().heldBy(stops.inForce(), recipient.getDomain().asString());
    }

    private static Collection<ClassRule> rules(Set<String> names, Snapshot snapshot) {
        return names.stream()
                .map(snapshot.configuration().rules()::get)
                .filter(Objects::nonNull) // a class that is gone; its mark still demands
                .toList();
    }

    private void addSender(DemandBuilder demand, Mail mail) {
        Optional<MailAddress> sender = mail.getMaybeSender().asOptional();
        if (sender.isEmpty()) {
            demand.nullSender();
            return;
        }
        Answer answer = classes.ofSender(sender.get());
        demand.senderClasses(answer.rules());
        addUnknown(demand, answer);
    }

    private static void addUnknown(DemandBuilder demand, Answer answer) {
        if (answer.membership() instanceof Membership.Unknown unknown) {
            demand.unknownClass(answer.everyRule(), unknown.reason());
        }
    }

    private static void addMarks(DemandBuilder demand, Mail mail) {
        WardAttributes.requirement(mail)
                .ifPresent(text -> demand.mark(WardAttributes.REQUIREMENT.asString(), RequirementText.parse(text)));
        WardAttributes.senderWish(mail).ifPresent(wish -> {
            if (wish == SenderWish.REQUIRED) {
                demand.requireTls();
            } else {
                demand.tlsRequiredNo();
            }
        });
    }

    private static void addDestination(
            DemandBuilder demand, WardConfiguration configuration, String domain, Instant now) {
        configuration.destinations().destination(domain).ifPresent(demand::destination);
        configuration.destinations().exception(domain, now).ifPresent(demand::exception);
    }
}
