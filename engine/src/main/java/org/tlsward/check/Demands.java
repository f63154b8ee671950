/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;

/**
 * What our side demands of the delivery of a mail, as the server puts it together when the mail comes.
 *
 * @param context with the configuration
 * @param sender whose classes count too; empty for somebody who is in no class
 */
record Demands(CheckContext context, Optional<MailboxName> sender) {

    /** For a recipient of that class. */
    Demand of(ClassRule rule, String domain) {
        return build(Demand.builder().recipientClasses(List.of(rule)), domain);
    }

    /** For a recipient of these classes. */
    Demand of(Membership recipient, String domain) {
        DemandBuilder demand = Demand.builder().recipientClasses(rules(recipient));
        unknown(demand, recipient);
        return build(demand, domain);
    }

    private Demand build(DemandBuilder demand, String domain) {
        sender.ifPresent(address -> {
            Membership membership = context.classes().classesOf(address);
            demand.senderClasses(rules(membership));
            unknown(demand, membership);
        });
        context.rule(domain).ifPresent(demand::destination);
        context.exception(domain).ifPresent(demand::exception);
        return demand.build().heldBy(context.stops(), domain);
    }

    private Collection<ClassRule> rules(Membership membership) {
        return membership.classes().stream()
                .map(context.configuration().rules()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private void unknown(DemandBuilder demand, Membership membership) {
        if (membership instanceof Membership.Unknown unknown) {
            demand.unknownClass(context.configuration().rules().values(), unknown.reason());
        }
    }
}
