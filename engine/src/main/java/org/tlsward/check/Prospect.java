/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.explain.DsnKind;
import org.tlsward.explain.Language;
import org.tlsward.explain.NoticeEntry;
import org.tlsward.explain.Sentences;
import org.tlsward.explain.Situation;
import org.tlsward.explain.WithheldNotice;
import org.tlsward.policy.Decision.Observation;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Proceed;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.ServerName;

/**
 * What would become of a mail now.
 *
 * @param mark good, bad, or not known
 * @param sentence for people
 * @param required of the host that decides; empty if none was judged
 * @param observations what stricter rules, which only observe, would have said
 * @param obstacle why it would not be delivered, where that is for certain
 */
public record Prospect(
        Mark mark,
        String sentence,
        Optional<Requirement> required,
        List<String> observations,
        Optional<Obstacle> obstacle) {

    /** Why a mail comes back in the end: what its notice is about. */
    public sealed interface Obstacle {
        /**
         * The requirement is not met.
         *
         * @param situation why not
         */
        record Unmet(Situation situation) implements Obstacle {}

        /**
         * The destination takes no mail at all.
         *
         * @param seen what DNS says
         */
        record NoHost(String seen) implements Obstacle {}
    }

    /** From the attempts of a probe, which went the way of a delivery. */
    static Prospect of(String domain, Demand demand, List<HostAttempt> attempts) {
        for (HostAttempt attempt : attempts) {
            if (attempt.failure().isEmpty()
                    && attempt.circumstances().decision().orElse(null) instanceof Proceed proceed) {
                return delivered(attempt, proceed);
            }
        }
        List<HostAttempt> refused = attempts.stream()
                .filter(attempt -> attempt.circumstances().decision().orElse(null) instanceof Refuse)
                .toList();
        if (refused.isEmpty()) {
            return notJudged(attempts);
        }
        boolean everyHost = refused.size() == attempts.size();
        Refuse refusal = Refuse.ofAll(refused.stream().map(Prospect::refusal).toList(), everyHost)
                .orElseThrow();
        // The host that a delivery would blame, as the notice to the sender names it.
        Optional<String> host = refused.stream()
                .filter(attempt -> refusal(attempt).unmet().equals(refusal.unmet()))
                .findFirst()
                .flatMap(attempt -> attempt.circumstances().server())
                .map(ServerName::toString);
        return withheld(domain, demand, refusal, host);
    }

    /** Nobody was asked, and nobody has to be. */
    static Prospect notAsked(String why) {
        return new Prospect(Mark.NOT_APPLICABLE, why, Optional.empty(), List.of(), Optional.empty());
    }

    /** What it comes to. */
    ExitCode exit() {
        return switch (mark) {
            case FAIL -> ExitCode.PROBLEMS;
            case UNKNOWN -> ExitCode.COULD_NOT_TELL;
            case OK, WARNING, NOT_APPLICABLE, INFO -> ExitCode.CLEAN;
        };
    }

    /** The technical note, for whoever can mend it. */
    Optional<String> advice(Language language) {
        return situation()
                .map(situation -> Sentences.explain(situation, language).forAdmins());
    }

    Optional<Situation> situation() {
        return obstacle.flatMap(
                each -> each instanceof Obstacle.Unmet unmet ? Optional.of(unmet.situation()) : Optional.empty());
    }

    /** The notice that the sender would get in the end; which mail it is about is not known, so it does not say. */
    Optional<WithheldNotice> notice(String recipient, Language language) {
        return obstacle.map(each -> {
            if (each instanceof Obstacle.Unmet unmet) {
                NoticeEntry entry = new NoticeEntry.Unmet(recipient, unmet.situation());
                return new WithheldNotice(DsnKind.WITHHELD, language, Optional.empty(), List.of(entry));
            }
            String seen = ((Obstacle.NoHost) each).seen();
            NoticeEntry entry = new NoticeEntry.Unreached(recipient, seen, Optional.empty());
            return new WithheldNotice(DsnKind.REJECTED, language, Optional.empty(), List.of(entry));
        });
    }

    private static String required(Requirement required) {
        return required.isEmpty() ? "nothing is required" : "required: " + PolicyText.of(required);
    }

    private static Refuse refusal(HostAttempt attempt) {
        return (Refuse) attempt.circumstances().decision().orElseThrow();
    }

    private static Prospect delivered(HostAttempt attempt, Proceed proceed) {
        String host =
                attempt.circumstances().server().map(ServerName::displayName).orElse("the host");
        String how = attempt.tls() instanceof TlsAttempt.Established established
                ? "over " + established.peer().protocol()
                : "in cleartext";
        String sentence = "would be delivered to " + host + " " + how + "; " + required(proceed.required());
        Mark mark = attempt.tls() instanceof TlsAttempt.Established ? Mark.OK : Mark.WARNING;
        return new Prospect(
                mark,
                sentence,
                Optional.of(proceed.required()),
                observations(proceed.observations()),
                Optional.empty());
    }

    private static List<String> observations(List<Observation> all) {
        List<String> said = new ArrayList<>();
        for (Observation each : all) {
            said.add(each.by().source().word() + " " + each.by().name() + " only records: it would be withheld, "
                    + each.reason().word() + " (" + each.seen() + ")");
        }
        return said.stream().distinct().collect(Collectors.toList());
    }

    private static Prospect withheld(String domain, Demand demand, Refuse refusal, Optional<String> host) {
        String when = refusal.persistence() == Persistence.FINAL
                ? "would be withheld at once: "
                : "would wait, and be withheld after "
                        + PolicyText.of(demand.deadlines().giveUpOnRequirement()) + ": ";
        String sentence = when + refusal.reason().word() + " ("
                + refusal.unmet().get(0).seen() + "); " + required(refusal.required());
        return new Prospect(
                Mark.FAIL,
                sentence,
                Optional.of(refusal.required()),
                observations(refusal.observations()),
                Optional.of(new Obstacle.Unmet(Situation.of(domain, host, refusal, demand, Optional.empty()))));
    }

    /** No host was judged: there is none, or none could be reached. */
    private static Prospect notJudged(List<HostAttempt> attempts) {
        String why = attempts.stream().map(HostAttempt::note).distinct().collect(Collectors.joining("; "));
        boolean noHost = attempts.stream()
                .allMatch(attempt -> attempt.circumstances().server().isEmpty());
        // RFC 3463: what begins with 5 does not change by waiting.
        if (noHost && why.startsWith("5.")) {
            String seen = why.replaceFirst("^5\\.\\d+\\.\\d+ ", "");
            return new Prospect(
                    Mark.FAIL,
                    "would come back: " + why,
                    Optional.empty(),
                    List.of(),
                    Optional.of(new Obstacle.NoHost(seen)));
        }
        return new Prospect(Mark.UNKNOWN, "could not tell: " + why, Optional.empty(), List.of(), Optional.empty());
    }
}
