/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.List;
import java.util.Optional;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.delivery.Outcome;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Deadlines;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Reason;

/** What becomes of mail for a destination that our own side cannot go to as it should, whatever it demands. */
final class Obstructed {
    private Obstructed() {}

    /** Everybody waits until it is mended (RULES: local configuration cannot be read), and is withheld at the end. */
    static DeliveryReport report(List<Addressee> addressees, String obstacle) {
        return new DeliveryReport(
                addressees.stream()
                        .map(each -> new RecipientOutcome(
                                each.consignee(), unmet(each.consignee().demand(), obstacle)))
                        .toList(),
                List.of());
    }

    /**
     * An error of ours came between: protected mail waits and is withheld at the end, other mail waits and is bounced.
     *
     * @param what happened, for people
     */
    static DeliveryReport byError(List<Addressee> addressees, String what) {
        return new DeliveryReport(
                addressees.stream()
                        .map(each -> new RecipientOutcome(each.consignee(), byError(each, what)))
                        .toList(),
                List.of());
    }

    static Outcome byError(Addressee addressee, String what) {
        Demand demand = addressee.consignee().demand();
        return demand.required().isEmpty()
                ? new Outcome.Deferred(
                        "4.3.0", what, Optional.empty(), Deadlines.Failure.OTHER, false, Circumstances.NO_HOST)
                : unmet(demand, what);
    }

    /** An operator holds the destination. */
    static Outcome held() {
        return held("held back by the operator of this server");
    }

    /** An operator has stopped the whole server. */
    static Outcome serverStopped() {
        return held("this server is stopped by its operator for the time being");
    }

    private static Outcome held(String why) {
        return new Outcome.Deferred(
                "4.3.2", why, Optional.empty(), Deadlines.Failure.OTHER, false, Circumstances.NO_HOST);
    }

    private static Outcome unmet(Demand demand, String obstacle) {
        List<Contribution> by = demand.contributions().stream()
                .filter(rule -> rule.source() == Contribution.Source.DESTINATION)
                .toList();
        return new Outcome.Unmet(
                new Decision.Refuse(
                        demand.required(),
                        List.of(new Decision.Unmet(Reason.CONFIGURATION_ERROR, obstacle, by)),
                        Decision.Persistence.RETRY,
                        Reason.CONFIGURATION_ERROR.finalStatus(),
                        List.of()),
                Optional.empty(),
                Circumstances.NO_HOST);
    }
}
