/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long a mail is tried. The shortest times of its classes rule, with one distinction: the short patience of a protected class
 * is for failures of the requirement, of which the sender should hear soon; a host that is merely down gets the usual five days.
 *
 * @param warnAfter when the sender learns that the mail waits
 * @param giveUpOnRequirement the patience with failures of the requirement
 * @param giveUpOtherwise the patience with everything else
 */
public record Deadlines(Duration warnAfter, Duration giveUpOnRequirement, Duration giveUpOtherwise) {

    /** How an attempt failed that is to be repeated, all hosts together: the first that is true. */
    public enum Failure {
        /** A host was good enough and something else went wrong there: greylisting, a full disk. */
        OTHER,
        /** A host was refused by the policy, before or after connecting ({@link Decision.Refuse}). */
        REQUIREMENT,
        /** No host was reached: time-outs, refused connections, a DNS server that is down. */
        UNREACHED
    }

    /** What becomes of the mail after a failed attempt. */
    public sealed interface Fate {}

    /**
     * It is tried again.
     *
     * @param warn the sender should know by now; the caller remembers whether he does
     * @param giveUpAt when failures of this kind become final
     */
    public record TryAgain(boolean warn, Instant giveUpAt) implements Fate {}

    /** The time is over, and the requirement was the obstacle. */
    public record Withhold() implements Fate {}

    /** The time is over, and something else was the obstacle. */
    public record Reject() implements Fate {}

    /** The times of a mail that these classes have a say in; none of them is as good as {@link OutboundRule#NOTHING}. */
    public static Deadlines of(Collection<ClassRule> classes) {
        OutboundRule usual = OutboundRule.NOTHING;
        Duration shortest = shortest(classes, OutboundRule::giveUpAfter).orElse(usual.giveUpAfter());
        boolean anyProtected = classes.stream().anyMatch(ClassRule::isProtected);
        return new Deadlines(
                shortest(classes, OutboundRule::warnAfter).orElse(usual.warnAfter()),
                shortest,
                anyProtected ? usual.giveUpAfter() : shortest);
    }

    /** The same, but for who has longer patience than that. */
    Deadlines atMost(Duration longest) {
        return new Deadlines(
                shorter(warnAfter, longest), shorter(giveUpOnRequirement, longest), shorter(giveUpOtherwise, longest));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Optional<Duration> shortest(Collection<ClassRule> classes, Function<OutboundRule, Duration> time) {
        return classes.stream().map(rule -> time.apply(rule.outbound())).min(Comparator.naturalOrder());
    }

    /** Where the clock starts: at the arrival of the mail, or at its last release from quarantine. */
    public static Instant clockStart(Instant arrival, Optional<Instant> release) {
        return release.filter(at -> at.isAfter(arrival)).orElse(arrival);
    }

    /**
     * What becomes of a mail after a failed attempt.
     *
     * @param start of {@link #clockStart}
     * @param now the end of the attempt
     * @param latest how it failed
     * @param earlier how the last attempt before it failed that reached a host since {@code start}, if one did
     */
    public Fate after(Instant start, Instant now, Failure latest, Optional<Failure> earlier) {
        Duration patience = latest == Failure.REQUIREMENT ? giveUpOnRequirement : giveUpOtherwise;
        Instant giveUpAt = start.plus(patience);
        if (now.isBefore(giveUpAt)) {
            return new TryAgain(!now.isBefore(start.plus(warnAfter)), giveUpAt);
        }
        Optional<Failure> reached = latest == Failure.UNREACHED ? earlier : Optional.of(latest);
        return reached.filter(failure -> failure == Failure.REQUIREMENT).isPresent() ? new Withhold() : new Reject();
    }
}
