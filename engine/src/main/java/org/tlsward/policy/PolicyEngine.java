/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Decision.Observation;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Proceed;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.Decision.StartTls;
import org.tlsward.policy.Decision.Unmet;

/**
 * May this mail go to this host? Pure and total: the same facts give the same decision, and every combination of facts gives one.
 *
 * <p>Asked twice in one attempt: before connecting ({@link TlsAttempt.NotYet}) whether the host is worth a connection and how to
 * treat STARTTLS there; after the EHLO inside TLS, or when TLS has failed, whether the mail may go out.
 */
public final class PolicyEngine {
    private static final Requirement REQUIRETLS =
            Requirement.builder().requireTls().build();

    /** RFC 8689 §4.2.1: the session or the identity of the host is not good enough. */
    private static final String ENCRYPTION_NEEDED = "5.7.10";

    private PolicyEngine() {}

    /** Decides about one host. */
    public static Decision decide(Facts facts) {
        boolean publishedCounts = facts.demand().publishedCounts();
        List<Publication> published = Publication.of(facts).stream()
                .map(publication -> publishedCounts ? publication : publication.dropped())
                .toList();
        List<Contribution> rules = new ArrayList<>(facts.demand().contributions());
        published.stream().filter(Publication::applies).map(Publication::rule).forEach(rules::add);
        Requirement required = join(rules);
        List<Observation> observations = observations(facts, rules, published, required);
        List<EmergencyStop> stops = facts.demand().stopsWhere(!required.isEmpty() || mayNeedTls(facts));
        if (!stops.isEmpty()) {
            return stopped(stops, required, observations);
        }
        List<Unmet> unmet = unmet(facts, rules, published, required);
        if (unmet.isEmpty()) {
            return new Proceed(required, startTls(facts, required), observations);
        }
        return refuse(facts, required, blameUnknownClass(facts, rules, published, unmet), observations);
    }

    /** While there is no TLS no policy is fetched either, so nobody knows what it demands (RFC 8461 §3.3 needs HTTPS). */
    private static boolean mayNeedTls(Facts facts) {
        return facts.demand().publishedCounts()
                && (facts.mtaSts() == MtaSts.LOOKUP_FAILED || facts.mtaSts() == MtaSts.NOT_FETCHED);
    }

    /** Whatever the host is like. It may change any minute, so it is never final at once. */
    private static Refuse stopped(List<EmergencyStop> stops, Requirement required, List<Observation> observations) {
        List<Unmet> unmet = stops.stream()
                .map(stop -> new Unmet(
                        Reason.EMERGENCY,
                        stop.told(),
                        List.of(Contribution.demanding(Source.EMERGENCY, stop.rule(), Requirement.NOTHING))))
                .toList();
        return new Refuse(required, unmet, Persistence.RETRY, Reason.EMERGENCY.finalStatus(), observations);
    }

    /** The rules that the destination of these facts has made: of what is published, what counts and demands something. */
    public static List<Contribution> publishedRules(Facts facts) {
        return !facts.demand().publishedCounts()
                ? List.of()
                : Publication.of(facts).stream()
                        .filter(Publication::applies)
                        .map(Publication::rule)
                        .filter(rule -> !rule.required().isEmpty())
                        .toList();
    }

    private static Requirement join(List<Contribution> rules) {
        return rules.stream().map(Contribution::required).reduce(Requirement.NOTHING, Requirement::join);
    }

    private static List<Unmet> unmet(
            Facts facts, List<Contribution> rules, List<Publication> published, Requirement required) {
        Evaluation evaluation = new Evaluation(facts, required);
        Stream<Unmet> obstacles = published.stream()
                .filter(Publication::applies)
                .flatMap(publication -> publication.obstacle().stream()
                        .map(shortfall ->
                                new Unmet(shortfall.reason(), shortfall.seen(), List.of(publication.rule()))));
        Stream<Unmet> conditions = evaluation.of(required).stream()
                .map(shortfall -> new Unmet(
                        shortfall.reason(), shortfall.seen(), demanding(shortfall.reason(), rules, evaluation)));
        Set<Reason> said = EnumSet.noneOf(Reason.class);
        return Stream.concat(obstacles, conditions)
                .filter(one -> said.add(one.reason()))
                .sorted(Comparator.comparing(Unmet::reason))
                .toList();
    }

    /** The rules whose own demand fails for this reason; if none does alone, those that exclude each other. */
    private static List<Contribution> demanding(Reason reason, List<Contribution> rules, Evaluation evaluation) {
        List<Contribution> alone = rules.stream()
                .filter(rule -> evaluation.of(rule.required()).stream().anyMatch(one -> one.reason() == reason))
                .toList();
        return alone.isEmpty()
                ? rules.stream()
                        .filter(rule -> rule.required().names().isPresent()
                                || rule.required().pins().isPresent())
                        .toList()
                : alone;
    }

    /** If only the classes that nobody could exclude stand in the way, that is the reason. */
    private static List<Unmet> blameUnknownClass(
            Facts facts, List<Contribution> rules, List<Publication> published, List<Unmet> unmet) {
        List<Contribution> unknown = rules.stream()
                .filter(rule -> rule.source() == Source.UNKNOWN_CLASS)
                .toList();
        List<Contribution> known = rules.stream()
                .filter(rule -> rule.source() != Source.UNKNOWN_CLASS)
                .toList();
        if (unknown.isEmpty() || !unmet(facts, known, published, join(known)).isEmpty()) {
            return unmet;
        }
        Unmet classUnknown = new Unmet(Reason.CLASS_UNKNOWN, unknown.get(0).name(), unknown);
        return Stream.concat(Stream.of(classUnknown), unmet.stream()).toList();
    }

    private static Refuse refuse(Facts facts, Requirement required, List<Unmet> unmet, List<Observation> observations) {
        Reason reason = unmet.get(0).reason();
        if (reason == Reason.NEVER_BY_MAIL) {
            return new Refuse(required, unmet, Persistence.FINAL, reason.finalStatus(), observations);
        }
        List<Shortfall> requireTls = required.requireTls() ? new Evaluation(facts, required).of(REQUIRETLS) : List.of();
        boolean mayChange = facts.tls() instanceof TlsAttempt.Interrupted
                || unmet.stream().anyMatch(one -> one.reason().isLookUp());
        if (requireTls.isEmpty() || mayChange) {
            return new Refuse(required, unmet, Persistence.RETRY, reason.finalStatus(), observations);
        }
        // RFC 8689 §4.2.1: 5.7.30 if the host is good enough and does not know the extension, else 5.7.10.
        boolean extensionOnly = requireTls.stream().allMatch(one -> one.reason() == Reason.REQUIRETLS_UNSUPPORTED);
        String status = extensionOnly ? Reason.REQUIRETLS_UNSUPPORTED.finalStatus() : ENCRYPTION_NEEDED;
        return new Refuse(required, unmet, Persistence.FINAL, status, observations);
    }

    private static StartTls startTls(Facts facts, Requirement required) {
        if (!required.isEmpty()) {
            return StartTls.REQUIRED;
        }
        boolean possible = facts.tls() instanceof TlsAttempt.NotYet || facts.tls() instanceof TlsAttempt.Established;
        return possible && !facts.demand().suppressesStartTls() ? StartTls.IF_OFFERED : StartTls.NONE;
    }

    private static List<Observation> observations(
            Facts facts, List<Contribution> rules, List<Publication> published, Requirement required) {
        Stream<Contribution> replaced = facts.demand().lowerings().stream()
                .flatMap(lowering -> lowering.replaced().stream())
                .filter(rule -> !rule.required().isEmpty())
                .map(Contribution::observedOnly);
        Stream<Contribution> tested =
                published.stream().filter(publication -> !publication.applies()).map(Publication::rule);
        Stream<Observation> obstacles = published.stream()
                .filter(publication -> !publication.applies())
                .flatMap(publication -> publication.obstacle().stream()
                        .map(shortfall -> new Observation(publication.rule(), shortfall.reason(), shortfall.seen())));
        Stream<Observation> conditions = Stream.of(rules.stream(), replaced, tested)
                .flatMap(stream -> stream)
                .flatMap(rule -> observed(facts, rule, required).stream());
        return Stream.concat(obstacles, conditions).toList();
    }

    private static Optional<Observation> observed(Facts facts, Contribution rule, Requirement required) {
        return rule.observe().flatMap(stricter -> new Evaluation(facts, required.join(stricter))
                .of(stricter).stream()
                        .findFirst()
                        .map(shortfall -> new Observation(rule, shortfall.reason(), shortfall.seen())));
    }
}
