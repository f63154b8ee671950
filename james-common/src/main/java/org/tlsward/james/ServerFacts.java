/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.HostLookups;
import org.tlsward.dns.ResolverStatus;
import org.tlsward.mtasts.RememberedPolicy;
import org.tlsward.outbound.DestinationFacts;
import org.tlsward.policy.TlsLimits;

/** The one {@link DestinationFacts} of a server, from the first delivering mailet that needs it to the last. */
@Singleton
public class ServerFacts {
    private final Ward ward;
    private final WardHealth health;
    private final EmergencyStops stops;
    private Optional<DestinationFacts> open = Optional.empty();
    private Outlet outlet = Outlet.USUAL;
    private int users;

    /** Guice calls this. */
    @Inject
    public ServerFacts(Ward ward, WardHealth health, EmergencyStops stops) {
        this.ward = ward;
        this.health = health;
        this.stops = stops;
    }

    /**
     * Whoever takes it releases it once.
     *
     * @throws IOException if what the configuration names cannot be used
     */
    public synchronized DestinationFacts take() throws IOException {
        if (open.isEmpty()) {
            DestinationFacts facts = DestinationFacts.open(
                    ward.current().configuration(), ward.stateDirectory(), Clock.systemUTC(), stops::tlsLimits);
            health.add(facts);
            open = Optional.of(facts);
        }
        users++;
        return open.get();
    }

    /** What {@link #take} gave is not used any more. */
    public synchronized void release() {
        users--;
        if (users == 0) {
            open.ifPresent(DestinationFacts::close);
            open = Optional.empty();
        }
    }

    /** Says how a mailet delivers; of several the last one counts. */
    public synchronized void deliversBy(Outlet ways) {
        outlet = ways;
    }

    /** How mail of this server leaves it. */
    public synchronized Outlet outlet() {
        return outlet;
    }

    /** What the resolver of the deliveries was found to be; to look opens nothing. */
    public ResolverStatus resolverStatus() {
        return inUse().map(DestinationFacts::resolverStatus).orElse(ResolverStatus.NOT_TESTED);
    }

    /** The MTA-STS policies in force, by domain; none while nothing delivers. To look opens nothing. */
    public List<RememberedPolicy> rememberedPolicies() {
        return inUse().map(facts -> facts.stsPolicies().remembered()).orElse(List.of());
    }

    /** True if the last self-test of the resolver found nothing wrong; empty while nothing delivers. */
    public Optional<Boolean> dnssecWorks() {
        return inUse().map(DestinationFacts::dnssecWorks);
    }

    /** What emergency stops leave of TLS at this moment. */
    public TlsLimits tlsLimits() {
        return stops.tlsLimits();
    }

    /** DNS as configured: that of the deliveries, which remembers answers; while nothing delivers one for this look-up. */
    public DnsAnswer<String> txt(String name) {
        return inUse().map(DestinationFacts::lookup)
                .orElseGet(() -> HostLookups.of(ward.current().configuration().dns(), Clock.systemUTC()))
                .txt(name);
    }

    private synchronized Optional<DestinationFacts> inUse() {
        return open;
    }
}
