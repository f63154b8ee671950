/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.policy.Demand;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLimits;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.smtp.ReplyLimits;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.TlsClients;
import org.tlsward.smtp.TlsPeer;
import org.tlsward.testing.FakeHostLookup;
import org.tlsward.testing.Identity;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SettableClock;
import org.tlsward.testing.TestCa;
import org.tlsward.testing.TextMessage;

/** A delivery with everything real but DNS. Hosts listen on 127.0.0.x with one port. */
abstract class DeliveryTestBase {
    static final String MARK = "SECRET-CONTENT";
    static final TestCa CA = TestCa.today();
    static final Map<String, Identity> IDENTITIES = Map.ofEntries(
            Map.entry("good", CA.good("mx.two.example")),
            Map.entry("expired", CA.expired("mx.two.example")),
            Map.entry("self", CA.selfSigned("mx.two.example")),
            Map.entry("wrong-name", CA.good("other.example")),
            Map.entry("cn-only", CA.commonNameOnly("mx.two.example")),
            Map.entry("wildcard", CA.good("*.two.example")),
            Map.entry("far-wildcard", CA.good("*.example.com", "*.example")),
            Map.entry("weak", CA.weakKey("mx.two.example")),
            Map.entry("client", CA.clientOnly("mx.two.example")));
    static final Requirement ENCRYPT = Requirement.builder().encrypted().build();
    static final Requirement VERIFY =
            Requirement.builder().validChain().mxName().build();
    static final String TLS = "S: 220 hi\nFEATURES STARTTLS\nTLSFEATURES PIPELINING, 8BITMIME\nIDENTITY good\n";
    static final String CLEAR = "S: 220 hi\nFEATURES PIPELINING\n";

    final FakeHostLookup dns = new FakeHostLookup();
    final SettableClock clock = new SettableClock(Instant.now());
    final HostMemory memory = new HostMemory(HostMemory.BackOff.USUAL, clock);
    final List<ScriptedServer> servers = new ArrayList<>();
    StepTimes times = StepTimes.uniform(Duration.ofSeconds(20), Duration.ofSeconds(60));
    PoolLimits limits = new PoolLimits(10, 100, Duration.ofMinutes(5), Duration.ofSeconds(20));
    int recipientsPerTransaction = 100;
    X509Certificate trusted = CA.root();
    Supplier<TlsLimits> emergency = () -> TlsLimits.NONE;
    Publications publications = Publications.notLookedUp();
    ConnectionPool pool;
    DeliverToDomain delivery;
    private int port;

    @AfterEach
    void closeAll() {
        if (pool != null) {
            pool.close();
        }
        servers.forEach(ScriptedServer::close);
    }

    /** For a test that plays several scenes. */
    void startAgain() {
        closeAll();
        servers.clear();
        memory.forget(Optional.empty());
        delivery = null;
        port = 0;
    }

    /** Starts one server on the next loopback address, the same port as the others. */
    ScriptedServer host(String... scripts) {
        return running(
                ScriptedServer.startOn(new InetSocketAddress(loopback(servers.size() + 1), port), IDENTITIES, scripts));
    }

    /** The same with a server that runs already; its port is that of all hosts. */
    ScriptedServer running(ScriptedServer server) {
        port = server.port();
        servers.add(server);
        return server;
    }

    static InetAddress loopback(int last) {
        try {
            return InetAddress.getByName("127.0.0." + last);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code two.example} has the host {@code mx.two.example} at the first server. */
    ScriptedServer onlyHost(String... scripts) {
        ScriptedServer server = host(scripts);
        dns.mx("two.example", "10 mx.two.example").host("mx.two.example", "127.0.0.1");
        return server;
    }

    DeliverToDomain delivery() {
        if (delivery == null) {
            pool = new ConnectionPool(limits, clock);
            ConnectionSettings connection =
                    new ConnectionSettings("client.example", List.of(), times, ReplyLimits.DEFAULT);
            DeliverySettings settings = new DeliverySettings(
                    connection, new OwnHosts(Set.of(), Set.of(), false), port, recipientsPerTransaction, 20);
            TlsClients clients = new TlsClients(new ChainJudge(List.of(trusted), clock), emergency);
            delivery = new DeliverToDomain(
                    settings,
                    new DeliverToDomain.Surroundings(dns, publications, clients, clock, new Random(1)),
                    pool,
                    memory);
        }
        return delivery;
    }

    /** What is published in the terms of the policy, whatever records are behind it. */
    static HostPublication published(TlsaRecords tlsa, MtaSts mtaSts, Predicate<TlsPeer> match) {
        return new HostPublication(
                new DaneFacts(
                        tlsa,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        "",
                        peer -> new DaneVerdict(match.test(peer), Optional.empty(), "")),
                new StsFacts("two.example", new StsAnswer.None(), mtaSts));
    }

    static Demand demand(Requirement required) {
        return Demand.builder().mark("test", required).build();
    }

    static Shipment shipment(Requirement required, String... recipients) {
        return shipment(Destination.of("two.example"), required, recipients);
    }

    static Shipment shipment(Destination destination, Requirement required, String... recipients) {
        List<Consignee> consignees = Stream.of(recipients.length == 0 ? new String[] {"b@two.example"} : recipients)
                .map(address -> new Consignee(EnvelopeRecipient.of(address), demand(required)))
                .toList();
        return new Shipment(
                destination,
                Optional.of("a@one.example"),
                consignees,
                Shipment.DsnParameters.NONE,
                new TextMessage("Subject: x\r\n\r\n" + MARK + "\r\n"));
    }

    DeliveryReport deliver(Requirement required, String... recipients) {
        return deliver(shipment(required, recipients));
    }

    DeliveryReport deliver(Shipment shipment) {
        return delivery().deliver(shipment, Duration.ZERO).orElseThrow();
    }

    static Outcome only(DeliveryReport report) {
        assertThat(report.recipients()).hasSize(1);
        return report.recipients().get(0).outcome();
    }

    static List<Outcome> outcomes(DeliveryReport report) {
        return report.recipients().stream()
                .map(DeliveryReport.RecipientOutcome::outcome)
                .toList();
    }

    /** Nothing of an envelope or a message left, whether in clear or inside TLS. */
    static void assertNothingSent(ScriptedServer server) {
        for (int i = 0; i < server.connections().size(); i++) {
            PeerRecord record = server.ended(i);
            assertThat(record.wire()).doesNotContain("MAIL", "RCPT", MARK);
            assertThat(record.insideTls()).doesNotContain("MAIL", "RCPT", MARK);
        }
    }

    static void assertNothingInClear(ScriptedServer server) {
        for (PeerRecord record : server.connections()) {
            assertThat(record.wire()).doesNotContain("MAIL", "RCPT", MARK, "AUTH");
        }
    }
}
