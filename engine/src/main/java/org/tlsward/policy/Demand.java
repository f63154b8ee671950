/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tlsward.policy.EmergencyStop.What;

/**
 * What our side demands of the delivery of one mail to one recipient ("A"), rule by rule, and what lowered it. What the destination
 * publishes ("B") is known per host only and comes with the {@link Facts}.
 *
 * @param contributions the rules that count; those that demand nothing are there too
 * @param lowerings what was used to lower it
 * @param classes every class that has a say in the times of the mail and in its alternative, replaced or not
 * @param stops the emergency stops that hold it
 * @param withoutTls the emergency stop that leaves no TLS to it: then it waits where anything is required of it
 */
public record Demand(
        List<Contribution> contributions,
        List<Lowering> lowerings,
        List<ClassRule> classes,
        List<EmergencyStop> stops,
        Optional<EmergencyStop> withoutTls) {

    /** RFC 8460 §5.5: a report is tried for up to 24 hours. */
    private static final Duration LIFE_OF_REPORT = Duration.ofHours(24);

    /** Copies its arguments. */
    public Demand {
        contributions = List.copyOf(contributions);
        lowerings = List.copyOf(lowerings);
        classes = List.copyOf(classes);
        stops = List.copyOf(stops);
    }

    /** Of mail that nobody has stopped. */
    public Demand(List<Contribution> contributions, List<Lowering> lowerings, List<ClassRule> classes) {
        this(contributions, lowerings, classes, List.of(), Optional.empty());
    }

    /** The same, held by those of the stops that are about it. */
    public Demand heldBy(Collection<EmergencyStop> inForce, String recipientDomain) {
        boolean protectedByItself = !withoutLowering().isEmpty();
        return new Demand(
                contributions,
                lowerings,
                classes,
                inForce.stream()
                        .filter(stop -> stop.holdsOutgoing(recipientDomain, classes, protectedByItself))
                        .toList(),
                inForce.stream().filter(stop -> stop.what() == What.NO_TLS).findFirst());
    }

    /**
     * The stops that hold it at a host: those that hold it anywhere; and where there is no TLS that which has taken it away, if the host
     * needs TLS.
     *
     * @param needed true if our side or the destination requires anything, or may require it
     */
    public List<EmergencyStop> stopsWhere(boolean needed) {
        return stops.isEmpty() && needed ? withoutTls.stream().toList() : stops;
    }

    /** Starts from no rule at all. */
    public static DemandBuilder builder() {
        return new DemandBuilder();
    }

    /** The join of all rules that count. */
    public Requirement required() {
        return contributions.stream().map(Contribution::required).reduce(Requirement.NOTHING, Requirement::join);
    }

    /**
     * What is required and what would be if nothing had lowered it: the mail is no less sensitive for that, and neither is what is told of
     * it.
     */
    public Requirement withoutLowering() {
        return lowerings.stream()
                .flatMap(lowering -> lowering.replaced().stream())
                .map(Contribution::required)
                .reduce(required(), Requirement::join);
    }

    /** False if something dropped what the destination publishes. */
    public boolean publishedCounts() {
        return lowerings.stream().noneMatch(Lowering::publishedDropped);
    }

    /** True if a rule says {@code none}, or there is no TLS: no STARTTLS where nothing at all is required. */
    public boolean suppressesStartTls() {
        return withoutTls.isPresent()
                || contributions.stream().anyMatch(rule -> rule.level()
                        .filter(level -> level == TlsLevel.NONE)
                        .isPresent());
    }

    /** When its sender is warned and when we give up. */
    public Deadlines deadlines() {
        Deadlines ofClasses = Deadlines.of(classes);
        return isOwnTlsReport() ? ofClasses.atMost(LIFE_OF_REPORT) : ofClasses;
    }

    private boolean isOwnTlsReport() {
        return lowerings.stream().anyMatch(lowering -> lowering.kind() == Lowering.Kind.OWN_TLS_REPORT);
    }

    /** Recipients of one mail and one destination may share a transaction only if these are equal. */
    public Group group() {
        return new Group(required(), publishedCounts(), suppressesStartTls(), !stops.isEmpty());
    }

    /**
     * What the key of a batch, a pooled connection and a TLS session cache has to contain, beside host and port.
     *
     * @param required the join of all rules
     * @param publishedCounts false if what the destination publishes was dropped
     * @param suppressesStartTls no STARTTLS where nothing is required
     * @param stopped an emergency stop holds it
     */
    public record Group(Requirement required, boolean publishedCounts, boolean suppressesStartTls, boolean stopped) {

        /** True if no host could do, so that none has to be asked. */
        public boolean isHopeless() {
            return stopped || required.isUnsatisfiable();
        }
    }
}
