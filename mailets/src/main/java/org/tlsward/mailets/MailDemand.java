/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.tlsward.classes.Membership;
import org.tlsward.config.WardConfiguration;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.AddressClasses.Answer;
import org.tlsward.james.TlsReportMark;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.james.quarantine.ReleaseMark;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;
import org.tlsward.policy.RequirementText;

/**
 * What our side demands of the delivery to one recipient, by the configuration of this moment: computed when a mail enters the queue, to
 * split it, and again before every attempt.
 */
class MailDemand {
    private final AddressClasses classes;

    @Inject
    MailDemand(AddressClasses classes) {
        this.classes = classes;
    }

    Demand of(Mail mail, MailAddress recipient, Instant now) {
        DemandBuilder demand = Demand.builder();
        Answer ofRecipient = classes.ofSender(recipient); // its own: aliases are rewritten by now
        demand.recipientClasses(WardAttributes.classes(mail).stream()
                .map(ofRecipient.snapshot().configuration().rules()::get)
                .filter(Objects::nonNull) // a class that is gone; its mark still demands
                .toList());
        demand.rewrittenRecipientClasses(ofRecipient.rules());
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
        return demand.build();
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
