/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;

/**
 * Everything an {@link Explanation} tells. The recipient is not part of it: recipients in the same situation share one explanation.
 *
 * @param domain of the recipient
 * @param host the name of the mail server in question, if one was chosen
 * @param reason the stable word
 * @param seen what was seen instead, in technical words
 * @param required what was demanded, all rules together
 * @param rules those that demand what is missing
 * @param classes whose alternatives are told
 * @param tryUntil when we give up, in the time zone it is told in; empty if we have given up
 */
public record Situation(
        String domain,
        Optional<String> host,
        Reason reason,
        String seen,
        Requirement required,
        List<Contribution> rules,
        List<ClassRule> classes,
        Optional<ZonedDateTime> tryUntil) {

    private static final Pattern WITH_ADDRESS = Pattern.compile("([^\\[]+)?(\\[[^]]*])(:[0-9]+)?");

    /** Copies its arguments. Of a host with its address only the name stays, or the address where there is no name. */
    public Situation {
        host = host.map(Situation::nameOnly);
        rules = List.copyOf(rules);
        classes = List.copyOf(classes);
    }

    private static String nameOnly(String host) {
        Matcher parts = WITH_ADDRESS.matcher(host);
        return parts.matches() ? Optional.ofNullable(parts.group(1)).orElse(parts.group(2)) : host;
    }

    /**
     * What a refusal of the policy means for the recipients with that demand.
     *
     * @param host the server that decided, with its address or without
     */
    public static Situation of(
            String domain,
            Optional<String> host,
            Decision.Refuse refusal,
            Demand demand,
            Optional<ZonedDateTime> tryUntil) {
        Decision.Unmet first = refusal.unmet().get(0);
        return new Situation(
                domain,
                host,
                first.reason(),
                first.seen(),
                refusal.required(),
                refusal.unmet().stream()
                        .flatMap(unmet -> unmet.by().stream())
                        .distinct()
                        .toList(),
                // Where nobody knows the class, the alternatives of all classes would only mislead.
                first.reason() == Reason.CLASS_UNKNOWN ? List.of() : demand.classes(),
                tryUntil);
    }
}
