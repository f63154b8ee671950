/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The {@code <destinations>} of the configuration. Immutable; a look-up costs one hash access for each label of the domain, also
 * with ten thousand rules.
 */
public final class DestinationRules {
    /** No rule, no exception. */
    public static final DestinationRules NONE = new DestinationRules(List.of(), List.of());

    private final List<DestinationRule> destinations;
    private final List<PolicyException> exceptions;
    private final DomainIndex<DestinationRule> destinationIndex;
    private final DomainIndex<PolicyException> exceptionIndex;

    /**
     * Indexes the rules.
     *
     * @throws IllegalArgumentException if two destinations or two exceptions have the same match
     */
    public DestinationRules(Collection<DestinationRule> destinations, Collection<PolicyException> exceptions) {
        this.destinations = List.copyOf(destinations);
        this.exceptions = List.copyOf(exceptions);
        this.destinationIndex = new DomainIndex<>(destinations, DestinationRule::match);
        this.exceptionIndex = new DomainIndex<>(exceptions, PolicyException::match);
    }

    /** The rule for a recipient domain: exact, then the nearest parent, then {@code *}. Total: never throws. */
    public Optional<DestinationRule> destination(String domain) {
        return destinationIndex.find(domain, rule -> true);
    }

    /** The exception for a recipient domain that counts now, in the same order; an expired one is as good as none. */
    public Optional<PolicyException> exception(String domain, Instant now) {
        return exceptionIndex.find(domain, exception -> exception.isActiveAt(now));
    }

    /** Those whose day is over, for the health check. */
    public List<PolicyException> expired(Instant now) {
        return exceptions.stream()
                .filter(exception -> !exception.isActiveAt(now))
                .toList();
    }

    /** All rules, in the order of the configuration. */
    public List<DestinationRule> destinations() {
        return destinations;
    }

    /** All exceptions, in the order of the configuration, expired ones too. */
    public List<PolicyException> exceptions() {
        return exceptions;
    }
}
