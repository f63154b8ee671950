/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tlsward.classes.ClassGround;
import org.tlsward.delivery.DaneFacts;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.delivery.HostFacts;
import org.tlsward.delivery.StsFacts;
import org.tlsward.explain.Explanation;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.Lowering;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsLevel;

/**
 * What {@link Explain} found out, as a report and for programs.
 *
 * @param recipient as it was asked for
 * @param aliases where mail for it goes on to; empty if nobody knows
 * @param classes of it and of those, with their reasons
 * @param ways one for each address that mail for it goes to in the end
 * @param inbound what the gate would say
 * @param language of notices and explanations
 */
public record Explained(
        String recipient,
        Optional<List<String>> aliases,
        List<ClassGround> classes,
        List<Way> ways,
        List<GateForecast> inbound,
        Language language) {

    /** Copies its arguments. */
    public Explained {
        aliases = aliases.map(List::copyOf);
        classes = List.copyOf(classes);
        ways = List.copyOf(ways);
        inbound = List.copyOf(inbound);
    }

    /**
     * One address that mail for the recipient goes to.
     *
     * @param address without aliases
     * @param demand of our side
     * @param attempts what the hosts of its domain showed; none if nobody was asked
     * @param prospect what would become of a mail now
     */
    public record Way(String address, Demand demand, List<HostAttempt> attempts, Prospect prospect) {
        /** Copies its arguments. */
        public Way {
            attempts = List.copyOf(attempts);
        }

        /** The rules of our side that demand or observe something, and those of the destination. */
        List<Contribution> rules() {
            Set<Contribution> rules = new LinkedHashSet<>();
            demand.contributions().stream()
                    .filter(rule -> !rule.required().isEmpty() || rule.observe().isPresent())
                    .forEach(rules::add);
            for (HostAttempt attempt : attempts) {
                attempt.circumstances().host().ifPresent(host -> rules.addAll(published(host)));
            }
            return List.copyOf(rules);
        }

        private List<Contribution> published(HostFacts host) {
            return PolicyEngine.publishedRules(new Facts(
                    demand,
                    host.candidate(),
                    host.published().dane().state(),
                    host.published().mtaSts().state(),
                    new TlsAttempt.NotYet()));
        }

        /** What the destination publishes, host by host. */
        List<String> publishes() {
            Set<String> said = new LinkedHashSet<>();
            for (HostAttempt attempt : attempts) {
                attempt.circumstances().host().ifPresent(host -> {
                    said.add(dane(host));
                    said.add(sts(host));
                });
            }
            return List.copyOf(said);
        }

        private static String dane(HostFacts host) {
            DaneFacts dane = host.published().dane();
            String what =
                    switch (dane.state()) {
                        case NONE -> "none" + (dane.detail().isEmpty() ? "" : " (" + dane.detail() + ")");
                        case LOOKUP_FAILED -> "not known: " + dane.detail();
                        case UNUSABLE -> "records of which none counts";
                        case USABLE -> dane.records().size() + " TLSA records";
                    };
            return "DANE of " + host.candidate().host() + ": " + what;
        }

        private static String sts(HostFacts host) {
            StsFacts sts = host.published().mtaSts();
            String name = host.candidate().host();
            String what =
                    switch (sts.state()) {
                        case NONE -> "no policy";
                        case NOT_FETCHED -> "a policy that cannot be fetched";
                        case LOOKUP_FAILED -> "not known";
                        case ENFORCE -> "enforced, and names " + name;
                        case ENFORCE_MX_MISMATCH -> "enforced, and does not name " + name;
                        case TESTING -> "testing, and names " + name;
                        case TESTING_MX_MISMATCH -> "testing, and does not name " + name;
                    };
            // A fixed next hop has no policy (DESIGN: via).
            return "MTA-STS" + (sts.domain().isEmpty() ? "" : " of " + sts.domain()) + ": " + what;
        }

        String required() {
            return PolicyText.of(prospect.required().orElseGet(demand::required));
        }
    }

    /** For people, in a terminal. */
    public Report report() {
        return new ExplainedReport(this).report();
    }

    /** For programs: the answer of the route, and of the command with {@code --json}. */
    public Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("recipient", recipient);
        aliases.ifPresent(known -> all.put("aliases", known));
        all.put(
                "classes",
                classes.stream()
                        .map(each -> ordered("name", each.className(), "because", each.because()))
                        .toList());
        all.putAll(json(ways.get(0)));
        if (ways.size() > 1) {
            List<Object> others = new ArrayList<>();
            for (Way way : ways.subList(1, ways.size())) {
                Map<String, Object> other = new LinkedHashMap<>();
                other.put("recipient", way.address());
                other.putAll(json(way));
                others.add(other);
            }
            all.put("alsoTo", others);
        }
        if (!inbound.isEmpty()) {
            all.put(
                    "inbound",
                    inbound.stream()
                            .map(each -> ordered(
                                    "session",
                                    each.session(),
                                    "mark",
                                    each.mark().word(),
                                    "text",
                                    each.text()))
                            .toList());
        }
        return all;
    }

    private Map<String, Object> json(Way way) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rules", way.rules().stream().map(Explained::rule).toList());
        all.put(
                "exceptions",
                way.demand().lowerings().stream().map(Explained::lowering).toList());
        all.put("required", way.required());
        all.put("publishes", way.publishes());
        Prospect prospect = way.prospect();
        all.put("prospect", ordered("mark", prospect.mark().word(), "sentence", prospect.sentence()));
        all.put("observations", prospect.observations());
        prospect.situation().ifPresent(situation -> {
            Explanation explanation = Sentences.explain(situation, language);
            all.put("reason", situation.reason().word());
            all.put("explanation", explanation.forPeople());
            all.put("admins", explanation.forAdmins());
        });
        prospect.notice(way.address(), language)
                .ifPresent(notice -> all.put("dsn", ordered("subject", notice.subject(), "text", notice.text())));
        return all;
    }

    private static Map<String, Object> rule(Contribution rule) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("source", rule.source().word());
        all.put("name", rule.name());
        rule.level().map(TlsLevel::word).ifPresent(level -> all.put("level", level));
        all.put("required", PolicyText.of(rule.required(), rule.observe()));
        return all;
    }

    private static Map<String, Object> lowering(Lowering lowering) {
        return ordered("kind", lowering.kind().word(), "name", lowering.name(), "reason", lowering.reason());
    }

    /** Names and texts by turns, in this order. */
    private static Map<String, Object> ordered(String... parts) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i += 2) {
            all.put(parts[i], parts[i + 1]);
        }
        return all;
    }
}
