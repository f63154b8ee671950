/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tlsward.config.DestinationLine;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;
import org.tlsward.explain.Sentences;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.DestinationRules;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementBuilder;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/**
 * Which partners could be held to more at once, because everything that was seen of them would have done; and who would fall under a rule
 * that only observes. Pure. Nothing is suggested that is not at least the rule that counts now: the new line takes its place.
 */
public final class Suggestions {
    /** From the strictest. */
    private static final List<TlsLevel> LEVELS =
            List.of(TlsLevel.DANE_ONLY, TlsLevel.AUTHENTICATED, TlsLevel.SECURE, TlsLevel.VERIFY, TlsLevel.ENCRYPT);

    private final DestinationRules rules;
    private final Threshold threshold;
    private final Phrases phrases;
    private final Language language;

    /**
     * How much must have been seen: of one lucky mail nothing follows.
     *
     * @param sessions at least
     * @param days at least
     */
    public record Threshold(int sessions, int days) {
        /** What nobody has to think about. */
        public static final Threshold USUAL = new Threshold(10, 3);
    }

    /**
     * A line to paste.
     *
     * @param destination its domain
     * @param line the {@code <destination>}
     * @param because on what it rests
     */
    public record Suggestion(String destination, DestinationLine line, String because) {}

    /**
     * Somebody who would fall under a rule that observes.
     *
     * @param destination the domain
     * @param mails how many were delivered that would have been withheld, counted by recipient
     * @param reason for which
     * @param sentence for people
     */
    public record Observed(String destination, int mails, Reason reason, String sentence) {}

    /** With the rules that count now. */
    public Suggestions(DestinationRules rules, Threshold threshold, Language language) {
        this.rules = rules;
        this.threshold = threshold;
        this.language = language;
        this.phrases = ProofPhrases.story(language);
    }

    /** Who could be held to more. */
    public List<Suggestion> suggest(PartnerSessions seen, Instant now) {
        List<Suggestion> found = new ArrayList<>();
        for (Partner partner : seen.partners().values()) {
            if (partner.sessions() >= threshold.sessions() && partner.days() >= threshold.days()) {
                candidates(partner, now)
                        .findFirst()
                        .ifPresent(line -> found.add(
                                new Suggestion(partner.domain(), line, because(partner, line, seen.since()))));
            }
        }
        return found;
    }

    private Stream<DestinationLine> candidates(Partner partner, Instant now) {
        Optional<DestinationRule> present = rules.destination(partner.domain());
        // An exception has a reason, and a rule with a way of its own was written with thought.
        if (rules.exception(partner.domain(), now).isPresent()
                || present.filter(Suggestions::isOfItsOwn).isPresent()) {
            return Stream.empty();
        }
        Requirement required = present.map(DestinationRule::required).orElse(Requirement.NOTHING);
        Requirement observed = present.flatMap(DestinationRule::observe).orElse(Requirement.NOTHING);
        Optional<TlsVersion> minimum = minimum(partner, required);
        return LEVELS.stream()
                .filter(partner::alwaysMet)
                .map(level -> DestinationLine.of(new DomainMatch.Exact(partner.domain()), level)
                        .atLeast(minimum)
                        .forwardSecret(required.forwardSecrecy()))
                .filter(line -> demand(line).atLeast(required) && !required.atLeast(demand(line)))
                // What it observes was not enforced: it may be given up for something stricter only.
                .filter(line -> demand(line).atLeast(observed));
    }

    private static boolean isOfItsOwn(DestinationRule rule) {
        return rule.via().isPresent()
                || rule.credentials().isPresent()
                || rule.clientCertificate().isPresent()
                || rule.required().names().isPresent()
                || rule.required().pins().isPresent()
                || rule.required().never();
    }

    private static Optional<TlsVersion> minimum(Partner partner, Requirement required) {
        return partner.onlyVersion()
                .filter(version -> version == TlsVersion.TLS_1_3)
                .or(required::minimum);
    }

    private static Requirement demand(DestinationLine line) {
        RequirementBuilder conditions = Requirement.builder();
        line.minimum().ifPresent(conditions::minimum);
        if (line.forwardSecrecy()) {
            conditions.forwardSecrecy();
        }
        return conditions.build().join(line.level().requirement());
    }

    private String because(Partner partner, DestinationLine line, Instant since) {
        String how = phrases.say("suggest." + line.level().word());
        String with = line.minimum()
                .filter(version -> partner.onlyVersion().equals(Optional.of(version)))
                .map(version -> phrases.say("suggest.minimum", Map.of("how", how, "version", version.protocol())))
                .orElse(how);
        return phrases.say(
                "suggest",
                Map.of(
                        "sessions", Integer.toString(partner.sessions()),
                        "days", Integer.toString(partner.days()),
                        "since", since.atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                        "how", with));
    }

    /** Who would fall under a rule that only observes, most mails first. */
    public List<Observed> observed(PartnerSessions seen) {
        return seen.partners().values().stream()
                .flatMap(partner -> partner.observed().entrySet().stream()
                        .map(entry -> new Observed(
                                partner.domain(),
                                entry.getValue(),
                                entry.getKey(),
                                Sentences.seen(entry.getKey(), partner.domain(), language))))
                .sorted(Comparator.comparingInt(Observed::mails).reversed().thenComparing(Observed::destination))
                .toList();
    }
}
