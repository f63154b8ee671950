/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.classes.ClassGround;
import org.tlsward.classes.MailboxName;
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
     * The classes of an address alone.
     *
     * @throws IllegalArgumentException if it is no address
     * @throws IOException if aliases cannot be followed
     */
    public List<ClassGround> classesOf(String address) throws IOException {
        return grounds(address, targets(address));
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
        Optional<MailboxName> from = sender.map(this::mailbox);
        List<String> targets = targets(recipient);
        Membership membership = membership(recipient);
        for (String target : targets) {
            membership = membership.join(membership(target));
        }
        List<Explained.Way> ways = new ArrayList<>();
        for (String each : targets.isEmpty() ? List.of(recipient) : targets) {
            if (ways.size() < MOST_TARGETS) {
                ways.add(way(each, membership, new Demands(context, from)));
            }
        }
        return new Explained(
                recipient,
                own.isPresent() ? Optional.of(targets) : Optional.empty(),
                grounds(recipient, targets),
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

    private List<ClassGround> grounds(String recipient, List<String> targets) {
        List<ClassGround> grounds = new ArrayList<>(context.classes().groundsOf(mailbox(recipient)));
        for (String target : targets) {
            for (ClassGround ground : context.classes().groundsOf(mailbox(target))) {
                grounds.add(new ClassGround(
                        ground.className(), "mail for it goes on to " + target + ": " + ground.because()));
            }
        }
        return grounds;
    }

    private List<String> targets(String recipient) throws IOException {
        mailbox(recipient);
        return own.isPresent() ? own.get().targetsOf(recipient) : List.of();
    }

    private Membership membership(String address) {
        return context.classes().classesOf(mailbox(address));
    }

    private MailboxName mailbox(String address) {
        return MailboxName.tryParse(address, context.configuration().subAddressDelimiters())
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported address \"" + address + "\" (expected: name@domain)"));
    }
}
