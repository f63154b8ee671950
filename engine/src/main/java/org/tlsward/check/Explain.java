/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.classes.Membership;
import org.tlsward.explain.Language;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DomainName;

/**
 * Tells of one recipient why a mail for it has to travel how, and what would become of one now, down to the text of the notice that its
 * sender would get. Connects as {@code DomainCheck} does; no mail is sent.
 */
public final class Explain {
    /** A list of thousands is not asked one by one. */
    private static final int MOST_TARGETS = 3;

    private final CheckContext context;
    private final Optional<OwnRecipients> own;
    private final boolean connects;

    /**
     * Sets it up.
     *
     * @param own what the server knows; empty without one
     * @param connects false to ask nobody outside
     */
    public Explain(CheckContext context, Optional<OwnRecipients> own, boolean connects) {
        this.context = context;
        this.own = own;
        this.connects = connects;
    }

    /**
     * Everything.
     *
     * @param sender of the mail; empty for one who is in no class
     * @param language of the notice
     * @throws IllegalArgumentException if an address is none
     * @throws IOException if it cannot be found out
     */
    public Explained of(String recipient, Optional<String> sender, Language language) throws IOException {
        ClassLookup classes =
                new ClassLookup(context.classes(), context.configuration().subAddressDelimiters(), own);
        Demands demands = new Demands(context, sender.map(classes::mailbox));
        List<String> targets = classes.targetsOf(recipient);
        Membership membership = classes.membershipOf(recipient);
        List<Explained.Way> ways = new ArrayList<>();
        for (String each : targets.isEmpty() ? List.of(recipient) : targets) {
            if (ways.size() < MOST_TARGETS) {
                ways.add(way(each, membership, demands));
            }
        }
        return new Explained(
                recipient,
                own.isPresent() ? Optional.of(targets) : Optional.empty(),
                classes.groundsOf(recipient),
                ways,
                own.map(known -> known.gate(recipient)).orElse(List.of()),
                language);
    }

    private Explained.Way way(String address, Membership membership, Demands demands) throws IOException {
        String written = address.substring(address.lastIndexOf('@') + 1);
        String domain = DomainName.canonical(written);
        Demand demand = demands.of(membership, domain);
        boolean stays = own.filter(known -> known.isOurs(domain)).isPresent()
                && context.rule(domain).flatMap(rule -> rule.via()).isEmpty();
        if (stays) {
            return new Explained.Way(address, demand, List.of(), Prospect.notAsked("is ours: it stays here"));
        }
        if (!connects && !demand.group().isHopeless()) {
            return new Explained.Way(address, demand, List.of(), Prospect.notAsked("nobody was asked"));
        }
        context.progress("what would become of a mail for " + address + "?");
        var attempts = context.outbound().delivery().probe(context.destination(domain), demand);
        return new Explained.Way(address, demand, attempts, Prospect.of(written, demand, attempts));
    }
}
