/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.delivery.Outcome.Deferred;
import org.tlsward.delivery.Outcome.Delivered;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.ClientIdentity;
import org.tlsward.smtp.ServerName;
import org.tlsward.testing.Identity;
import org.tlsward.testing.ScriptedServer;

class ConnectionPoolTest extends DeliveryTestBase {

    private void deliverSome(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(only(deliver(ENCRYPT))).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void connectionShouldBeReused() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliverSome(5);
        assertThat(pool.idleConnections()).isEqualTo(1);
        pool.close();
        assertThat(server.only().messages()).hasSize(5);
        assertThat(server.only().commands()).endsWith("QUIT");
    }

    @Test
    void reuseShouldEndWithMessagesAgeAndIdleTime() {
        limits = new PoolLimits(10, 2, Duration.ofSeconds(60), Duration.ofSeconds(20));
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliverSome(2);
        assertThat(server.ended(0).messages()).hasSize(2);
        deliverSome(1);
        clock.advance(Duration.ofSeconds(21));
        deliverSome(1);
        assertThat(server.connections()).as("idle for too long").hasSize(3);
        pool.sweep();
        assertThat(server.ended(1).commands()).endsWith("QUIT");
        limits = new PoolLimits(10, 100, Duration.ofSeconds(60), Duration.ofSeconds(50));
        pool.close();
        delivery = null;
        deliverSome(1);
        clock.advance(Duration.ofSeconds(40));
        deliverSome(1);
        assertThat(server.connections()).hasSize(4);
        clock.advance(Duration.ofSeconds(40));
        deliverSome(1);
        assertThat(server.connections()).as("too old").hasSize(5);
    }

    @Test
    void sweepShouldCloseWhatNobodyNeeds() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliverSome(1);
        pool.sweep();
        assertThat(pool.idleConnections()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(21));
        pool.sweep();
        assertThat(pool.idleConnections()).isZero();
        assertThat(server.only().commands()).endsWith("QUIT");
    }

    @Test
    void connectionShouldNotBeSharedAcrossRequirements() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliver(Requirement.NOTHING);
        deliver(ENCRYPT);
        deliver(VERIFY);
        deliver(VERIFY);
        assertThat(server.connections()).hasSize(3);
    }

    @Test
    void connectionShouldNotBeSharedAcrossIdentitiesAndNextHops() {
        ScriptedServer server = host(TLS + "IDENTITY good wants-client\nSERVE");
        Identity ours = CA.clientOnly("client.example");
        NextHop hop = NextHop.parse("[127.0.0.1]:" + server.port());
        Destination plain = new Destination("two.example", Optional.of(hop), Optional.empty(), Optional.empty());
        Destination other = new Destination("three.example", Optional.of(hop), Optional.empty(), Optional.empty());
        Destination known = new Destination(
                "two.example",
                Optional.of(hop),
                Optional.empty(),
                Optional.of(new ClientIdentity("ours", ours.keyStore(), Identity.PASSWORD)));
        for (Destination destination : List.of(plain, other, known)) {
            assertThat(only(deliver(shipment(destination, ENCRYPT)))).isInstanceOf(Delivered.class);
        }
        assertThat(server.connections()).hasSize(3);
        pool.close();
        assertThat(server.ended(0).clientCertificate()).isEmpty();
        assertThat(server.ended(2).clientCertificate()).contains("CN=client.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 shutting down", "RESET", "CLOSE"})
    void deadConnectionShouldBeReplacedOnce(String end) {
        for (String command : List.of("MAIL*", "RCPT*", "DATA")) {
            ScriptedServer server = onlyHost(TLS + "AFTER 2 " + command + " => " + end + "\nSERVE", TLS + "SERVE");
            deliverSome(2);
            assertThat(server.connections()).as(command).hasSize(2);
            pool.close();
            assertThat(server.ended(0).messages()).hasSize(1);
            assertThat(server.ended(1).messages()).hasSize(1);
            startAgain();
        }
    }

    @Test
    void freshConnectionShouldBeJudgedAsTheFirst() {
        ScriptedServer server = onlyHost(TLS + "AFTER 2 MAIL* => RESET\nSERVE", CLEAR + "SERVE");
        deliverSome(1);
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Outcome.Unmet.class);
        assertThat(server.ended(1).wire()).doesNotContain("MAIL", MARK);
    }

    @Test
    void reusedConnectionShouldBeJudgedAgain() {
        AtomicBoolean match = new AtomicBoolean(true);
        publications = question -> published(TlsaRecords.USABLE, MtaSts.NONE, peer -> match.get());
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliverSome(2);
        assertThat(server.connections()).hasSize(1);
        match.set(false);
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Outcome.Unmet.class);
        assertThat(server.ended(0).messages()).hasSize(2);
        assertThat(server.ended(1).insideTls()).doesNotContain("MAIL");
    }

    /** A record with that data, which matches. */
    private static HostPublication matching(String data) {
        return new HostPublication(
                new DaneFacts(
                        TlsaRecords.USABLE,
                        Optional.of("mx.two.example"),
                        List.of(new TlsaRecord(3, 1, 1, data)),
                        Optional.empty(),
                        "",
                        peer -> new DaneVerdict(true, Optional.empty(), "")),
                StsFacts.none("two.example"));
    }

    /** Who passed under other records shows its certificate again, even if the requirement has the same words. */
    @Test
    void connectionShouldNotBeReusedWhenTheDestinationPublishesSomethingElse() {
        AtomicReference<String> data = new AtomicReference<>("aa");
        publications = question -> matching(data.get());
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliverSome(2);
        assertThat(server.connections()).hasSize(1);
        data.set("bb");
        deliverSome(1);
        assertThat(server.connections()).hasSize(2);
    }

    /** A resumed session shows the certificate of its first handshake, which may be the one before a roll-over. */
    @Test
    void sessionShouldNotBeResumedWhenTheDestinationPublishesSomethingElse() {
        AtomicReference<String> data = new AtomicReference<>("aa");
        publications = question -> matching(data.get());
        String script = TLS.replace("IDENTITY good", "IDENTITY good TLSv1.2") + "AFTER 2 MAIL* => 421 bye\nSERVE";
        ScriptedServer server = onlyHost(script);
        deliverSome(1);
        deliver(ENCRYPT); // over the first connection in vain, then over one of its own
        assertThat(server.connections().get(1).tlsSession())
                .as("the same records")
                .isEqualTo(server.connections().get(0).tlsSession());
        data.set("bb");
        deliverSome(1);
        assertThat(server.connections().get(2).tlsSession())
                .as("other records")
                .isNotEqualTo(server.connections().get(0).tlsSession());
    }

    @Test
    void connectionThatComesBackAfterTheEndShouldBeClosed() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliverSome(1);
        ServerName name = new ServerName(Optional.of("mx.two.example"), server.address());
        PoolKey key = new PoolKey(
                Destination.of("two.example"), name, demand(ENCRYPT).group(), ENCRYPT, HostPublication.NONE.key());
        Session session = pool.take(key).orElseThrow();
        pool.close();
        pool.release(session);
        assertThat(pool.idleConnections()).isZero();
        assertThat(server.only().commands()).endsWith("QUIT");
    }

    @Test
    void messageThatMayHaveArrivedShouldNotBeRepeated() {
        ScriptedServer server = onlyHost(TLS + "AFTER 2 . => RESET\nSERVE", TLS + "SERVE");
        deliverSome(1);
        assertThat(only(deliver(ENCRYPT)))
                .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.maybeDelivered())
                        .isTrue());
        assertThat(server.connections()).hasSize(1);
    }

    @Test
    void secondFailureShouldNotBeRepeated() {
        ScriptedServer server = onlyHost(TLS + "AFTER 2 MAIL* => 421 bye\nSERVE", TLS + "ON MAIL* => 421 bye\nSERVE");
        deliverSome(1);
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Deferred.class);
        assertThat(server.connections()).hasSize(2);
    }

    @Test
    void onlyWhatWasNotAcknowledgedShouldBeRepeated() {
        recipientsPerTransaction = 1;
        ScriptedServer server = onlyHost(TLS + "AFTER 3 MAIL* => RESET\nSERVE", TLS + "SERVE");
        deliverSome(1);
        assertThat(outcomes(deliver(ENCRYPT, "b@two.example", "c@two.example"))).allMatch(Delivered.class::isInstance);
        pool.close();
        assertThat(server.ended(0).messages()).hasSize(2);
        assertThat(server.ended(1).messages()).hasSize(1);
        assertThat(server.ended(1).commands())
                .contains("RCPT TO:<c@two.example>")
                .doesNotContain("RCPT TO:<b@two.example>");
    }

    @Test
    void destinationShouldHaveItsLimit() {
        limits = new PoolLimits(2, 100, Duration.ofMinutes(5), Duration.ofMinutes(5));
        onlyHost(TLS + "SERVE");
        delivery();
        try (ConnectionPool.Slot one = pool.slot("two.example", Duration.ZERO).orElseThrow();
                ConnectionPool.Slot two =
                        pool.slot("two.example", Duration.ZERO).orElseThrow()) {
            assertThat(one).isNotSameAs(two);
            assertThat(delivery().deliver(shipment(ENCRYPT), Duration.ZERO)).isEmpty();
            assertThat(pool.slot("three.example", Duration.ZERO))
                    .as("others go on")
                    .isPresent();
        }
        assertThat(delivery().deliver(shipment(ENCRYPT), Duration.ZERO)).isPresent();
    }

    @Test
    void idleConnectionsShouldCountToTheLimit() {
        limits = new PoolLimits(1, 100, Duration.ofMinutes(5), Duration.ofMinutes(5));
        ScriptedServer server = onlyHost(TLS + "SERVE");
        deliver(ENCRYPT);
        deliver(VERIFY);
        assertThat(server.ended(0).commands()).as("made room").endsWith("QUIT");
        assertThat(pool.idleConnections()).isEqualTo(1);
    }

    @Test
    void thousandMailsShouldShareTenConnections() throws Exception {
        limits = new PoolLimits(10, 1000, Duration.ofMinutes(5), Duration.ofMinutes(5));
        ScriptedServer server = onlyHost(TLS + "SERVE");
        delivery();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Optional<DeliveryReport>>> all = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                all.add(threads.submit(() -> delivery.deliver(shipment(ENCRYPT), Duration.ofMinutes(1))));
            }
            for (Future<Optional<DeliveryReport>> one : all) {
                assertThat(only(one.get(60, TimeUnit.SECONDS).orElseThrow())).isInstanceOf(Delivered.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.connections()).hasSizeLessThanOrEqualTo(10);
        pool.close();
        int messages = 0;
        for (int i = 0; i < server.connections().size(); i++) {
            messages += server.ended(i).messages().size();
        }
        assertThat(messages).isEqualTo(1000);
    }

    @Test
    void shutDownShouldWaitForDeliveriesAndStartNone() throws Exception {
        onlyHost(TLS + "SERVE");
        deliverSome(1);
        ConnectionPool.Slot held = pool.slot("two.example", Duration.ZERO).orElseThrow();
        assertThat(pool.shutDown(Duration.ZERO)).isFalse();
        assertThat(pool.idleConnections()).isZero();
        assertThat(delivery.deliver(shipment(ENCRYPT), Duration.ofDays(1))).isEmpty();
        held.close();
        held.close();
        assertThat(pool.shutDown(Duration.ZERO)).isTrue();
        assertThat(pool.busy()).isEmpty();
    }
}
