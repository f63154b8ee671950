/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tlsward.policy.Contribution.Source;

/** Collects the rules for one recipient of one mail. Not thread-safe. */
public final class DemandBuilder {
    private static final Requirement REQUIRETLS =
            Requirement.builder().requireTls().build();

    private final List<Contribution> contributions = new ArrayList<>();
    private final List<Contribution> ofSender = new ArrayList<>();
    private final List<ClassRule> classes = new ArrayList<>();
    private final List<ClassRule> classesOfSender = new ArrayList<>();
    private Optional<PolicyException> exception = Optional.empty();
    private Optional<ReleaseOverride> release = Optional.empty();
    private boolean nullSender;
    private boolean tlsRequiredNo;
    private boolean ownTlsReport;

    DemandBuilder() {}

    /** The classes of the recipient as the mail arrived. */
    public DemandBuilder recipientClasses(Collection<ClassRule> rules) {
        return add(Source.RECIPIENT_CLASS, rules);
    }

    /** The classes of the recipient after aliases and forwards. */
    public DemandBuilder rewrittenRecipientClasses(Collection<ClassRule> rules) {
        return add(Source.REWRITTEN_RECIPIENT_CLASS, rules);
    }

    private DemandBuilder add(Source source, Collection<ClassRule> rules) {
        rules.forEach(rule -> contributions.add(Contribution.ofClass(source, rule)));
        classes.addAll(rules);
        return this;
    }

    /** The classes of the envelope sender. */
    public DemandBuilder senderClasses(Collection<ClassRule> rules) {
        rules.forEach(rule -> ofSender.add(Contribution.ofClass(Source.SENDER_CLASS, rule)));
        classesOfSender.addAll(rules);
        return this;
    }

    /** The envelope sender is {@code <>}: it has no class, whatever was said of one. */
    public DemandBuilder nullSender() {
        nullSender = true;
        return this;
    }

    /**
     * The classes of an address could not be found out: it may belong to any of them, so every one counts.
     *
     * @param everyRule all classes of the configuration
     * @param why which source did not answer
     */
    public DemandBuilder unknownClass(Collection<ClassRule> everyRule, String why) {
        Requirement every = everyRule.stream()
                .map(rule -> rule.outbound().required())
                .reduce(Requirement.NOTHING, Requirement::join);
        contributions.add(Contribution.demanding(Source.UNKNOWN_CLASS, why, every));
        classes.addAll(everyRule);
        return this;
    }

    /** A mark of the mail: its attribute, or the header {@link RequireHeader}. REQUIRETLS in it is the sender's and stays. */
    public DemandBuilder mark(String name, Requirement required) {
        contributions.add(Contribution.demanding(Source.MARK, name, required.withoutRequireTls()));
        if (required.requireTls()) {
            contributions.add(Contribution.demanding(Source.REQUIRETLS, name, REQUIRETLS));
        }
        return this;
    }

    /** The rule of {@link DestinationRules#destination}. */
    public DemandBuilder destination(DestinationRule rule) {
        contributions.add(new Contribution(
                Source.DESTINATION,
                rule.match().toString(),
                Optional.of(rule.level()),
                rule.required(),
                rule.observe()));
        return this;
    }

    /** The sender said REQUIRETLS (RFC 8689 §4.1). */
    public DemandBuilder requireTls() {
        contributions.add(Contribution.demanding(Source.REQUIRETLS, "REQUIRETLS", REQUIRETLS));
        return this;
    }

    /** The exception of {@link DestinationRules#exception}, which is one that counts today. */
    public DemandBuilder exception(PolicyException active) {
        exception = Optional.of(active);
        return this;
    }

    /** An operator released this mail under another requirement. */
    public DemandBuilder release(ReleaseOverride override) {
        release = Optional.of(override);
        return this;
    }

    /** The header says {@code TLS-Required: No} (RFC 8689 §3). */
    public DemandBuilder tlsRequiredNo() {
        tlsRequiredNo = true;
        return this;
    }

    /**
     * The mail is a TLS report of our own. RFC 8460 §3: it is delivered despite any failure of TLS, so neither rules of ours nor what the
     * destination publishes count; it tells of TLS and of nobody's mail. It is given up after a day (§5.5).
     */
    public DemandBuilder ownTlsReport() {
        ownTlsReport = true;
        return this;
    }

    /** The demand. */
    public Demand build() {
        List<Contribution> counting = new ArrayList<>(contributions);
        dropImpliedMarks(counting);
        List<ClassRule> timing = new ArrayList<>(classes);
        if (!nullSender) {
            counting.addAll(ofSender);
            timing.addAll(classesOfSender);
        }
        boolean emptyByItself = demandsNothing(counting);
        List<Lowering> lowerings = new ArrayList<>();
        // A release decides about this mail alone, so it goes before an exception for the whole destination.
        exception
                .filter(rule -> release.isEmpty())
                .ifPresent(rule -> lowerings.add(new Lowering(
                        Lowering.Kind.EXCEPTION,
                        rule.match().toString(),
                        rule.reason(),
                        replace(counting, Source.EXCEPTION, rule.match().toString(), rule.level(), rule.required()),
                        rule.publishedIgnored())));
        release.ifPresent(rule -> lowerings.add(new Lowering(
                Lowering.Kind.RELEASE,
                rule.by(),
                rule.reason(),
                replace(counting, Source.RELEASE, rule.by(), rule.level(), rule.required()),
                rule.publishedIgnored())));
        // What an admin excepts is still sensitive: a header of the sender does not lower it further.
        if (tlsRequiredNo && emptyByItself && demandsNothing(counting)) {
            lowerings.add(new Lowering(Lowering.Kind.TLS_REQUIRED_NO, "TLS-Required: No", "", List.of(), true));
        }
        if (ownTlsReport) {
            lowerings.add(new Lowering(Lowering.Kind.OWN_TLS_REPORT, "TLSRPT", "", takeReplaceable(counting), true));
        }
        return new Demand(counting, lowerings, timing.stream().distinct().toList());
    }

    /**
     * The mark of a class says again, on the mail, what the class demands. It counts by itself only where it demands more: because the
     * mark was set by another rule, or because the class has changed or is gone.
     */
    private void dropImpliedMarks(List<Contribution> counting) {
        Requirement ofRecipient = counting.stream()
                .filter(rule ->
                        rule.source() == Source.RECIPIENT_CLASS || rule.source() == Source.REWRITTEN_RECIPIENT_CLASS)
                .map(Contribution::required)
                .reduce(Requirement.NOTHING, Requirement::join);
        counting.removeIf(rule -> rule.source() == Source.MARK
                && ofRecipient.join(rule.required()).equals(ofRecipient));
    }

    private static boolean demandsNothing(List<Contribution> rules) {
        return rules.stream().allMatch(rule -> rule.required().isEmpty());
    }

    /** Puts one rule in the place of all that can be replaced, and returns those. */
    private static List<Contribution> replace(
            List<Contribution> counting, Source source, String name, TlsLevel level, Requirement required) {
        List<Contribution> replaced = takeReplaceable(counting);
        counting.add(new Contribution(source, name, Optional.of(level), required, Optional.empty()));
        return replaced;
    }

    private static List<Contribution> takeReplaceable(List<Contribution> counting) {
        List<Contribution> taken =
                counting.stream().filter(rule -> rule.source().isReplaceable()).toList();
        counting.removeAll(taken);
        return taken;
    }
}
