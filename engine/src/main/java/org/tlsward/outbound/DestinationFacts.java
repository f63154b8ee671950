/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.Publications;
import org.tlsward.delivery.PublishedPolicies;
import org.tlsward.dns.DnsServers;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.StubHostLookup;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicies;

/**
 * What is asked about destinations, once for a server. Follows {@code tlsward.xml}; what concerns a part that did not change stays as it is,
 * with all that it remembers: to forget an MTA-STS policy is to be open to an attacker for a while.
 */
public final class DestinationFacts implements HealthSource, AutoCloseable {
    private final StsPolicies stsPolicies;
    private final Clock clock;
    private volatile Resolver resolver;

    /** A resolver and the settings that it was made of. */
    private record Resolver(DnsSettings settings, HostLookup lookup) {}

    private DestinationFacts(Resolver resolver, Clock clock) {
        this.clock = clock;
        this.resolver = resolver;
        this.stsPolicies = domain -> new StsAnswer.None();
    }

    /**
     * Opens it.
     *
     * @param configuration in force
     * @param state a directory for what must survive a restart
     * @throws IOException if what the configuration names cannot be used
     */
    public static DestinationFacts open(WardConfiguration configuration, Path state, Clock clock) throws IOException {
        return new DestinationFacts(make(configuration.dns()), clock);
    }

    private static Resolver make(DnsSettings dns) {
        return new Resolver(
                dns,
                new StubHostLookup(dns.servers().isEmpty() ? DnsServers.ofSystem() : DnsServers.of(dns.servers())));
    }

    /**
     * Follows the configuration.
     *
     * @throws IOException if what it names cannot be used; then everything stays as it was
     */
    public synchronized void follow(WardConfiguration configuration) throws IOException {
        if (!resolver.settings().equals(configuration.dns())) {
            resolver = make(configuration.dns());
        }
    }

    /** DNS as configured now. */
    public HostLookup lookup() {
        return resolver.lookup();
    }

    /** The MTA-STS policies that are known. */
    public StsPolicies stsPolicies() {
        return stsPolicies;
    }

    /** What destinations publish, in the terms of the delivery. */
    public Publications publications() {
        Resolver now = resolver;
        return new PublishedPolicies(now.lookup(), stsPolicies, now.settings().insecureMx(), clock);
    }

    @Override
    public List<HealthProblem> problems() {
        return List.of();
    }

    @Override
    public void close() {}
}
