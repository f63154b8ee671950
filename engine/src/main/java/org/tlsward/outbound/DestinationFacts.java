/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.TrustSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.Publications;
import org.tlsward.delivery.PublishedPolicies;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.HostLookups;
import org.tlsward.dns.ResolverSelfTest;
import org.tlsward.dns.ResolverStatus;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.mtasts.HttpsPolicyFetcher;
import org.tlsward.mtasts.PolicyFetcher;
import org.tlsward.mtasts.StsCache;
import org.tlsward.mtasts.StsFetch;
import org.tlsward.mtasts.StsTiming;
import org.tlsward.mtasts.TrustedCas;
import org.tlsward.policy.IpNetwork;
import org.tlsward.policy.TlsLimits;

/**
 * What is asked about destinations, once for a server. Follows {@code tlsward.xml}; what concerns a part that did not change stays as it is,
 * with all that it remembers. The policies of MTA-STS outlive every change: to forget one is to be open to an attacker for a while.
 */
public final class DestinationFacts implements HealthSource, AutoCloseable {
    private static final String POLICIES = "mta-sts";

    private final Clock clock;
    private final Function<List<IpNetwork>, FetchSettings> fetching;
    private final Supplier<TlsLimits> limits;
    private final HostLookup lookup =
            new CurrentLookup(() -> current().resolver().lookup());
    private final StsCache policies;
    private volatile Parts parts;

    /** What is made of a configuration. */
    private record Parts(Resolver resolver, Fetcher fetcher) {}

    /** DNS, what it was made of, and whether it does what it should. */
    private record Resolver(DnsSettings settings, HostLookup lookup, ResolverSelfTest selfTest) {}

    /** What gets policies, and what it was made of. */
    private record Fetcher(Optional<TrustSettings> trust, List<IpNetwork> internal, PolicyFetcher fetcher) {}

    private DestinationFacts(
            WardConfiguration configuration,
            Path state,
            Clock clock,
            Function<List<IpNetwork>, FetchSettings> fetching,
            Supplier<TlsLimits> limits)
            throws IOException {
        this.clock = clock;
        this.fetching = fetching;
        this.limits = limits;
        this.parts = new Parts(resolver(configuration), fetcher(configuration));
        this.policies = StsCache.open(lookup, this::fetch, state.resolve(POLICIES), StsTiming.standard(clock));
        parts.resolver().selfTest().start();
    }

    /**
     * Opens it.
     *
     * @param configuration in force
     * @param state a directory for what must survive a restart; not that of another process
     * @throws IOException if what the configuration names cannot be used
     */
    public static DestinationFacts open(WardConfiguration configuration, Path state, Clock clock) throws IOException {
        return open(configuration, state, clock, FetchSettings::standard);
    }

    /**
     * The same for a server where TLS can be switched off.
     *
     * @param limits what there is of TLS at the moment
     * @throws IOException if what the configuration names cannot be used
     */
    public static DestinationFacts open(
            WardConfiguration configuration, Path state, Clock clock, Supplier<TlsLimits> limits) throws IOException {
        return new DestinationFacts(configuration, state, clock, FetchSettings::standard, limits);
    }

    /**
     * The same, for somebody who fetches policies otherwise than a server.
     *
     * @param fetching how, with these networks of our own
     * @throws IOException if what the configuration names cannot be used
     */
    public static DestinationFacts open(
            WardConfiguration configuration, Path state, Clock clock, Function<List<IpNetwork>, FetchSettings> fetching)
            throws IOException {
        return new DestinationFacts(configuration, state, clock, fetching, () -> TlsLimits.NONE);
    }

    /** Policies come over HTTPS: while TLS is off, nobody is asked. Those that are known stay in force. */
    private StsFetch fetch(String domain) {
        return limits.get()
                .off()
                .<StsFetch>map(stop -> new StsFetch.Postponed("emergency: " + stop.told()))
                .orElseGet(() -> current().fetcher().fetcher().fetch(domain));
    }

    /** What there is of TLS at the moment. */
    Supplier<TlsLimits> limits() {
        return limits;
    }

    private Parts current() {
        return parts;
    }

    private Resolver resolver(WardConfiguration configuration) throws IOException {
        try {
            HostLookup made = HostLookups.of(configuration.dns(), clock);
            return new Resolver(configuration.dns(), made, new ResolverSelfTest(made, configuration.dns(), clock));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Fetcher fetcher(WardConfiguration configuration) throws IOException {
        Optional<TrustSettings> trust = configuration.trust();
        TrustedCas cas = trust.isPresent() ? TrustedCas.of(TrustedCertificates.of(trust.get())) : TrustedCas.ofJvm();
        List<IpNetwork> internal = configuration.internalNetworks();
        return new Fetcher(trust, internal, new HttpsPolicyFetcher(lookup, cas, fetching.apply(internal)));
    }

    /** True if nothing that concerns it has changed. */
    public boolean isOf(WardConfiguration configuration) {
        return isResolverOf(parts, configuration) && isFetcherOf(parts, configuration);
    }

    private static boolean isResolverOf(Parts parts, WardConfiguration configuration) {
        return parts.resolver().settings().equals(configuration.dns());
    }

    private static boolean isFetcherOf(Parts parts, WardConfiguration configuration) {
        return parts.fetcher().trust().equals(configuration.trust())
                && parts.fetcher().internal().equals(configuration.internalNetworks());
    }

    /**
     * Follows the configuration.
     *
     * @throws IOException if what it names cannot be used; then everything stays as it was
     */
    public synchronized void follow(WardConfiguration configuration) throws IOException {
        Parts old = parts;
        parts = new Parts(
                isResolverOf(old, configuration) ? old.resolver() : resolver(configuration),
                isFetcherOf(old, configuration) ? old.fetcher() : fetcher(configuration));
        if (!isResolverOf(old, configuration)) {
            old.resolver().selfTest().close();
            parts.resolver().selfTest().start();
        }
    }

    /** DNS as configured at the moment of a question. */
    public HostLookup lookup() {
        return lookup;
    }

    /** False if the last self-test of the resolver found that DNSSEC does not work. */
    public boolean dnssecWorks() {
        return current().resolver().selfTest().problems().isEmpty();
    }

    /** What the resolver was found to be. */
    public ResolverStatus resolverStatus() {
        return current().resolver().selfTest().status();
    }

    /** The MTA-STS policies that are known. */
    public StsCache stsPolicies() {
        return policies;
    }

    /** What destinations publish, in the terms of the delivery. */
    public Publications publications() {
        return new PublishedPolicies(
                lookup, policies, parts.resolver().settings().insecureMx(), clock);
    }

    @Override
    public List<HealthProblem> problems() {
        return Stream.concat(policies.problems().stream(), parts.resolver().selfTest().problems().stream())
                .toList();
    }

    @Override
    public void close() {
        parts.resolver().selfTest().close();
        policies.close();
    }
}
