/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
import org.tlsward.config.DnsSettings;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.policy.IpNetwork;
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
    private final ServerSocket holder = holder();
    private final int port;
    private final LaterClock clock = new LaterClock();
    private final Path state;

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
        this.state = state;
        rows.forEach(row -> identities.put(row.row(), identity(row)));
        String[] names = rows.stream()
                .map(row -> "mta-sts." + row.policyDomain())
                .distinct()
                .toArray(String[]::new);
        policyHosts = new PolicyHosts(rows, CA.good(names), PRIVATE.good(names));
        port = holder.getLocalPort();
        Map<String, StringBuilder> first = ScenarioZones.of(rows, new Servers(), port, true);
        zones = ScenarioZones.start(first);

        try (SendingSide earlier = sendingSide(DnsSettings.Mode.VALIDATE, zones.unbound())) {
            rows.stream()
                    .filter(row -> !row.earlierPolicy().isEmpty())
                    .forEach(row -> earlier.askForPolicy(row.policyDomain()));
        }
        clock.ahead = LATER;
        policyHosts.now();
        ScenarioZones.of(rows, new Servers(), port, false).forEach((zone, text) -> {
            if (!text.toString().contentEquals(first.get(zone))) {
                zones.change(zone, text.toString());
            }
        });
    }

    /** Somebody who sends mail from this machine, by that resolver, with what is on the disk. */
    SendingSide sendingSide(DnsSettings.Mode mode, InetSocketAddress resolver) {
        DnsSettings dns = new DnsSettings(mode, List.of(resolver), Optional.of(zones.trustAnchor()));
        FetchSettings fetching =
                new FetchSettings(policyHosts.port(), Duration.ofSeconds(20), List.of(IpNetwork.parse("127.0.0.0/8")));
        return new SendingSide(dns, fetching, List.of(CA.root()), state, clock, port);
    }

    /** Keeps the port from being given to anybody else: one that listens on every address would be in the way. */
    private static ServerSocket holder() {
        try {
            return new ServerSocket(0, 1, InetAddress.getByName("127.0.1.254"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Identity identity(Scenario row) {
        String server = row.server();
        String name =
                server.contains(" other") ? "other.example" : server.contains(" domain") ? row.domain() : row.mxHost();
        return switch (server.split(" ", -1)[0]) {
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
        return server(row, identities.get(row.row()), script);
    }

    /** What stands where the server of a row should be. */
    ScriptedServer server(Scenario row, Identity identity, String script) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(address(row)), port);
            return ScriptedServer.startOn(address, Map.of("it", identity), script);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The resolver that everybody should ask. */
    InetSocketAddress resolver() {
        return zones.unbound();
    }

    /** The certificate of somebody else for the host of a row: of nobody's CA, or of one that everybody trusts. */
    static Identity forged(Scenario row, boolean trusted) {
        return trusted ? CA.good(row.mxHost()) : CA.selfSigned(row.mxHost());
    }

    /** Nobody gets to a policy host any more. */
    void cutPolicyHosts() {
        policyHosts.cut();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        policyHosts.close();
        zones.close();
        try {
            holder.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
