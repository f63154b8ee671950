/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.explain.Situation;
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
 * @param advice for whoever can mend it
 * @param observations what stricter rules, which only observe, would have said
 * @param exit what it comes to
 */
record Prospect(Mark mark, String sentence, Optional<String> advice, List<String> observations, ExitCode exit) {

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
        Optional<String> host = refused.stream()
                .filter(attempt -> refusal(attempt).reason() == refusal.reason())
                .findFirst()
                .flatMap(attempt -> attempt.circumstances().server())
                .map(ServerName::displayName);
        return withheld(domain, demand, refusal, host);
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
        return new Prospect(mark, sentence, Optional.empty(), observations(proceed.observations()), ExitCode.CLEAN);
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
        Situation situation = Situation.of(domain, host, refusal, demand, Optional.empty());
        String sentence = when + refusal.reason().word() + " ("
                + refusal.unmet().get(0).seen() + "); " + required(refusal.required());
        return new Prospect(
                Mark.FAIL,
                sentence,
                Optional.of(Sentences.explain(situation, Language.EN).forAdmins()),
                observations(refusal.observations()),
                ExitCode.PROBLEMS);
    }

    /** No host was judged: there is none, or none could be reached. */
    private static Prospect notJudged(List<HostAttempt> attempts) {
        String why = attempts.stream().map(HostAttempt::note).distinct().collect(Collectors.joining("; "));
        boolean noHost = attempts.stream()
                .allMatch(attempt -> attempt.circumstances().server().isEmpty());
        // RFC 3463: what begins with 5 does not change by waiting.
        return noHost && why.startsWith("5.")
                ? new Prospect(Mark.FAIL, "would come back: " + why, Optional.empty(), List.of(), ExitCode.PROBLEMS)
                : new Prospect(
                        Mark.UNKNOWN, "could not tell: " + why, Optional.empty(), List.of(), ExitCode.COULD_NOT_TELL);
    }
}
