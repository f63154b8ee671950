/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges one recipient of an inbound transaction against the session that names it. Pure and total; what is exempt for other
 * reasons ({@code postmaster}, {@code abuse}) is the caller's business.
 */
public final class InboundGate {
    private InboundGate() {}

    /** What to do with one RCPT. */
    public sealed interface Verdict {}

    /**
     * Take it.
     *
     * @param wouldRefuse the rule that only observes and that the session does not meet
     */
    public record Accept(Optional<Unmet> wouldRefuse) implements Verdict {}

    /**
     * Refuse it, permanently: {@code 530 5.7.0} without TLS, {@code 550 5.7.10} with one that is too old.
     *
     * @param unmet what was demanded
     */
    public record Refuse(Unmet unmet) implements Verdict {}

    /** The class is not known and the session would not do for every class: {@code 451 4.3.0}. */
    public record TryLater() implements Verdict {}

    /**
     * An operator has stopped mail for it: {@code 451 4.7.0}.
     *
     * @param stop who, why and since when
     */
    public record Stopped(EmergencyStop stop) implements Verdict {}

    /**
     * A demand that a session does not meet.
     *
     * @param rule the class that demands it
     * @param minimum what it demands
     */
    public record Unmet(ClassRule rule, InboundMinimum minimum) {}

    /**
     * The stop that is about a recipient, whatever its session has and wherever the client is.
     *
     * @param classes of the recipient, or all of the configuration if they could not be found out
     */
    public static Optional<Verdict> stopped(Collection<ClassRule> classes, Collection<EmergencyStop> inForce) {
        return inForce.stream()
                .filter(stop -> stop.holdsIncoming(classes))
                .findFirst()
                .map(Stopped::new);
    }

    /**
     * The classes of a recipient are known.
     *
     * @param rules of every class it belongs to
     * @param session the TLS of the session, empty for cleartext
     * @param client the address of the client
     */
    public static Verdict judge(Collection<ClassRule> rules, Optional<SessionTls> session, InetAddress client) {
        List<ClassRule> judged =
                rules.stream().filter(rule -> !isExempt(rule, client)).toList();
        Optional<Unmet> enforced = strictest(judged.stream()
                .map(rule -> new Unmet(rule, rule.inbound().minimum()))
                .filter(unmet -> !unmet.minimum().isMetBy(session))
                .toList());
        if (enforced.isPresent()) {
            return new Refuse(enforced.get());
        }
        return new Accept(strictest(judged.stream()
                .filter(rule -> rule.inbound().observe().isPresent())
                .map(rule -> new Unmet(rule, rule.inbound().observe().get()))
                .filter(unmet -> !unmet.minimum().isMetBy(session))
                .toList()));
    }

    /**
     * The classes of a recipient could not be found out: only a session that does for every class of the configuration is good
     * enough, because the recipient may belong to any of them.
     */
    public static Verdict judgeUnknown(
            Collection<ClassRule> everyRule, Optional<SessionTls> session, InetAddress client) {
        Verdict verdict = judge(everyRule, session, client);
        return verdict instanceof Refuse ? new TryLater() : verdict;
    }

    private static boolean isExempt(ClassRule rule, InetAddress client) {
        return rule.inbound().exempt().stream().anyMatch(network -> network.contains(client));
    }

    private static Optional<Unmet> strictest(List<Unmet> unmet) {
        return unmet.stream().max(Comparator.comparing(Unmet::minimum));
    }
}
