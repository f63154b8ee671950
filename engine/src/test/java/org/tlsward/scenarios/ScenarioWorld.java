/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.tlsward.config.DnsSettings;
import org.tlsward.delivery.ConnectionPool;
import org.tlsward.delivery.DeliverToDomain;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.DeliverySettings;
import org.tlsward.delivery.HostMemory;
import org.tlsward.delivery.OwnHosts;
import org.tlsward.delivery.PoolLimits;
import org.tlsward.delivery.PublishedPolicies;
import org.tlsward.delivery.Shipment;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.HostLookups;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.mtasts.HttpsPolicyFetcher;
import org.tlsward.mtasts.StsCache;
import org.tlsward.mtasts.StsTiming;
import org.tlsward.mtasts.TrustedCas;
import org.tlsward.policy.IpNetwork;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.ReplyLimits;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.TlsClients;
import org.tlsward.testing.Identity;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SignedZones;
import org.tlsward.testing.TestCa;

/**
 * The Internet of all rows. Policies that a row calls cached are fetched from it first; then zones and policy hosts change, and the
 * delivery starts anew with what is on its disk.
 */
final class ScenarioWorld implements AutoCloseable {
    private static final TestCa CA = TestCa.today();
    private static final TestCa PRIVATE = TestCa.today();
    private static final Duration LATER = Duration.ofHours(2);

    private final Map<Integer, Identity> identities = new HashMap<>();
    private final PolicyHosts policyHosts;
    private final SignedZones zones;
    private final int port;
    private final LaterClock clock = new LaterClock();
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1);
    private final StsCache policies;
    private final HostLookup lookup;

    /** The clock of MTA-STS, which is put forward. */
    private static final class LaterClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    ScenarioWorld(List<Scenario> rows, Path state) {
        rows.forEach(row -> identities.put(row.row(), identity(row)));
        String[] names = rows.stream()
                .map(row -> "mta-sts." + row.policyDomain())
                .distinct()
                .toArray(String[]::new);
        policyHosts = new PolicyHosts(rows, CA.good(names), PRIVATE.good(names));
        port = freePort();
        Map<String, StringBuilder> first = ScenarioZones.of(rows, new Servers(), port, true);
        zones = ScenarioZones.start(first);

        HostLookup before = lookup();
        try (StsCache earlier = cache(before, state, new ScheduledThreadPoolExecutor(1))) {
            rows.stream().filter(row -> !row.earlierPolicy().isEmpty()).forEach(row -> earlier.of(row.policyDomain()));
        }
        clock.ahead = LATER;
        policyHosts.now();
        ScenarioZones.of(rows, new Servers(), port, false).forEach((zone, text) -> {
            if (!text.toString().contentEquals(first.get(zone))) {
                zones.change(zone, text.toString());
            }
        });

        lookup = lookup();
        policies = cache(lookup, state, background);
    }

    private HostLookup lookup() {
        return HostLookups.of(
                new DnsSettings(DnsSettings.Mode.VALIDATE, List.of(zones.unbound()), Optional.of(zones.trustAnchor())),
                Clock.systemUTC());
    }

    private StsCache cache(HostLookup lookup, Path state, ScheduledThreadPoolExecutor executor) {
        FetchSettings settings =
                new FetchSettings(policyHosts.port(), Duration.ofSeconds(20), List.of(IpNetwork.parse("127.0.0.0/8")));
        return StsCache.open(
                lookup,
                new HttpsPolicyFetcher(lookup, TrustedCas.of(List.of(CA.root())), settings),
                state,
                new StsTiming(clock, new Random(1), executor));
    }

    /** Delivers; every connection is closed when this returns. */
    DeliveryReport deliver(Shipment shipment) {
        try (ConnectionPool pool = new ConnectionPool(PoolLimits.USUAL, Clock.systemUTC())) {
            return delivery(pool).deliver(shipment, Duration.ZERO).orElseThrow();
        }
    }

    private DeliverToDomain delivery(ConnectionPool pool) {
        ConnectionSettings connection = new ConnectionSettings(
                "client.example",
                List.of(),
                StepTimes.uniform(Duration.ofSeconds(20), Duration.ofSeconds(60)),
                ReplyLimits.DEFAULT);
        DeliverySettings settings =
                new DeliverySettings(connection, new OwnHosts(Set.of(), Set.of(), false), port, 100, 20);
        TlsClients clients = new TlsClients(new ChainJudge(List.of(CA.root()), Clock.systemUTC()));
        PublishedPolicies published =
                new PublishedPolicies(lookup, policies, DnsSettings.DEFAULT.insecureMx(), Clock.systemUTC());
        return new DeliverToDomain(
                settings,
                new DeliverToDomain.Surroundings(lookup, published, clients, Clock.systemUTC(), new Random(1)),
                pool,
                new HostMemory(HostMemory.BackOff.USUAL, Clock.systemUTC()));
    }

    private static int freePort() {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Identity identity(Scenario row) {
        String server = row.server();
        String name =
                server.contains(" other") ? "other.example" : server.contains(" domain") ? row.domain() : row.mxHost();
        return switch (server.split(" ")[0]) {
            case "ca", "no-starttls" -> CA.good(name);
            case "expired" -> CA.expired(name);
            case "self" -> CA.selfSigned(name);
            case "private" -> withRoot(PRIVATE.good(name), !server.endsWith("without root"));
            case "private-expired" -> withRoot(PRIVATE.expired(name), true);
            default -> throw new IllegalArgumentException("unknown server \"" + server + "\"");
        };
    }

    /** RFC 7672 §3.1.2: with DANE-TA a server sends its trust anchor too. */
    private static Identity withRoot(Identity identity, boolean with) {
        List<X509Certificate> chain = new ArrayList<>(identity.chain());
        if (with) {
            chain.add(PRIVATE.root());
        }
        return new Identity(identity.key(), chain);
    }

    private static String address(Scenario row) {
        return "127.0.1." + row.row();
    }

    private final class Servers implements ScenarioZones.Servers {
        @Override
        public Identity identity(Scenario row) {
            return identities.get(row.row());
        }

        @Override
        public X509Certificate root(Scenario row) {
            return PRIVATE.root();
        }

        @Override
        public String address(Scenario row) {
            return ScenarioWorld.address(row);
        }

        @Override
        public String policyHost(Scenario row, String policy) {
            return policy.endsWith("bad-certificate") ? PolicyHosts.UNTRUSTED : PolicyHosts.TRUSTED;
        }
    }

    /** The server of a row. */
    ScriptedServer server(Scenario row) {
        boolean tls = !row.server().startsWith("no-starttls");
        String script = "S: 220 hi\nFEATURES PIPELINING" + (tls ? ", STARTTLS" : "")
                + "\nTLSFEATURES PIPELINING" + (row.server().endsWith("requiretls") ? ", REQUIRETLS" : "")
                + (tls ? "\nIDENTITY it" : "") + "\nSERVE";
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(address(row)), port);
            return ScriptedServer.startOn(address, Map.of("it", identities.get(row.row())), script);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A policy in force is looked at in the background when a mail comes: somebody else's mail came, and that look is over. */
    void earlierMail(Scenario row) {
        if (row.earlierPolicy().isEmpty()) {
            return;
        }
        policies.of(row.policyDomain());
        try {
            background.submit(() -> {}).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        policies.close();
        policyHosts.close();
        zones.close();
    }
}
