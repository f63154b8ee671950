/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.dane.DaneRecords;
import org.tlsward.delivery.Outcome.Deferred;
import org.tlsward.delivery.Outcome.Delivered;
import org.tlsward.delivery.Outcome.Rejected;
import org.tlsward.delivery.Outcome.Unmet;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsVersion;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.MessageSource;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.TextMessage;

/** What leaves, and what does not, by requirement and peer. */
class RequirementTest extends DeliveryTestBase {

    private Reason unmet(Requirement required) {
        Outcome outcome = only(deliver(required));
        assertThat(outcome).isInstanceOf(Unmet.class);
        servers.forEach(DeliveryTestBase::assertNothingSent);
        assertThat(outcome.circumstances().bytes().afterHandshake()).isZero();
        assertThat(outcome.circumstances().bytes().beforeHandshake()).isZero();
        return ((Unmet) outcome).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "expired, CERTIFICATE_EXPIRED",
        "self, CERTIFICATE_UNTRUSTED",
        "wrong-name, CERTIFICATE_NAME_MISMATCH",
        "cn-only, CERTIFICATE_NAME_MISMATCH",
        "far-wildcard, CERTIFICATE_NAME_MISMATCH",
        "weak, CERTIFICATE_UNTRUSTED",
        "client, CERTIFICATE_UNTRUSTED",
    })
    void badCertificateShouldStopVerifyAndNotEncrypt(String identity, Reason reason) {
        ScriptedServer server = onlyHost(TLS + "IDENTITY " + identity + "\nSERVE");
        assertThat(unmet(VERIFY)).isEqualTo(reason);
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Delivered.class);
        assertNothingInClear(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "wildcard"})
    void goodCertificateShouldDo(String identity) {
        ScriptedServer server = onlyHost(TLS + "IDENTITY " + identity + "\nSERVE");
        Outcome outcome = only(deliver(VERIFY));
        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(outcome.circumstances().tls()).isPresent();
        assertThat(outcome.circumstances().bytes().beforeHandshake()).isZero();
        assertThat(outcome.circumstances().bytes().afterHandshake()).isPositive();
        assertNothingInClear(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVE",
                "ON STARTTLS => 454 4.7.0 later\nSERVE",
                "ON STARTTLS => 500 what\nSERVE",
                "FEATURES STARTTLS\nON STARTTLS => 502 no\nSERVE",
                "ON EHLO* => 502 no\nSERVE",
            })
    void hostWithoutTlsShouldGetNothing(String script) {
        onlyHost(CLEAR + script);
        assertThat(unmet(ENCRYPT)).isIn(Reason.TLS_NOT_OFFERED, Reason.TLS_HANDSHAKE_FAILED);
        assertThat(servers.get(0).ended(0).commands()).contains("STARTTLS").doesNotContain("HELO client.example");
    }

    @Test
    void hiddenStartTlsShouldBeFoundWhereItIsRequired() {
        ScriptedServer server = onlyHost(CLEAR + "IDENTITY good\nSERVE");
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Delivered.class);
        assertNothingInClear(server);
    }

    @Test
    void oldTlsShouldBeNamed() {
        onlyHost(CLEAR + "C: EHLO*\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS10");
        assertThat(unmet(ENCRYPT)).isEqualTo(Reason.TLS_VERSION_TOO_LOW);
    }

    @Test
    void negotiatedVersionAndCipherShouldBeJudged() {
        onlyHost(TLS + "IDENTITY good TLSv1.2\nSERVE");
        assertThat(unmet(Requirement.builder().minimum(TlsVersion.TLS_1_3).build()))
                .isEqualTo(Reason.TLS_VERSION_TOO_LOW);
        Requirement forward = Requirement.builder().forwardSecrecy().build();
        assertThat(only(deliver(forward))).isInstanceOf(Delivered.class);
    }

    @Test
    void pinsAndNamesShouldBeJudged() {
        onlyHost(TLS + "SERVE");
        Requirement pinned = Requirement.builder()
                .pins(List.of(IDENTITIES.get("good").sha256()))
                .build();
        assertThat(only(deliver(pinned))).isInstanceOf(Delivered.class);
        Requirement other = Requirement.builder()
                .pins(List.of(IDENTITIES.get("self").sha256()))
                .build();
        assertThat(unmet2(other)).isEqualTo(Reason.FINGERPRINT_MISMATCH);
        Requirement names = Requirement.builder()
                .names(List.of(NamePattern.parse(".three.example")))
                .build();
        assertThat(unmet2(names)).isEqualTo(Reason.CERTIFICATE_NAME_MISMATCH);
    }

    private Reason unmet2(Requirement required) {
        Outcome outcome = only(deliver(required));
        assertThat(outcome).isInstanceOf(Unmet.class);
        return ((Unmet) outcome).reason();
    }

    @Test
    void requireTlsShouldNeedTheKeywordInsideTls() {
        publications = question -> published(TlsaRecords.NONE, MtaSts.ENFORCE, peer -> false);
        ScriptedServer server = onlyHost(
                TLS + "FEATURES STARTTLS, REQUIRETLS\nTLSFEATURES PIPELINING\nSERVE",
                TLS + "TLSFEATURES REQUIRETLS\nSERVE");
        Requirement required = Requirement.builder().requireTls().build();
        Outcome outcome = only(deliver(required));
        assertThat(outcome).isInstanceOfSatisfying(Unmet.class, unmet -> {
            assertThat(unmet.reason()).isEqualTo(Reason.REQUIRETLS_UNSUPPORTED);
            assertThat(unmet.isFinal()).isTrue();
            assertThat(unmet.status()).isEqualTo("5.7.30");
        });
        assertNothingSent(server);
        assertThat(only(deliver(required))).isInstanceOf(Delivered.class);
        pool.close();
        assertThat(server.ended(1).commands()).contains("MAIL FROM:<a@one.example> REQUIRETLS");
    }

    @Test
    void publishedTlsaShouldCountAtEveryLevel() {
        publications = question -> published(TlsaRecords.USABLE, MtaSts.NONE, peer -> peer.sha256()
                .get(0)
                .equals(IDENTITIES.get("self").sha256()));
        onlyHost(TLS + "IDENTITY good\nSERVE", TLS + "IDENTITY self\nSERVE");
        assertThat(unmet(Requirement.NOTHING)).isEqualTo(Reason.DANE_MISMATCH);
        assertThat(only(deliver(Requirement.NOTHING))).isInstanceOf(Delivered.class);
    }

    @Test
    void failedLookUpOfPublicationsShouldConnectToNobody() {
        publications = question -> published(TlsaRecords.LOOKUP_FAILED, MtaSts.NONE, peer -> false);
        ScriptedServer server = onlyHost(CLEAR + "SERVE");
        assertThat(unmet(Requirement.NOTHING)).isEqualTo(Reason.DNSSEC_FAILED);
        assertThat(server.connections()).isEmpty();
    }

    @Test
    void neverShouldAskNobody() {
        dns.mxFails("two.example");
        Outcome outcome = only(deliver(Requirement.NEVER));
        assertThat(outcome).isInstanceOfSatisfying(Unmet.class, unmet -> {
            assertThat(unmet.reason()).isEqualTo(Reason.NEVER_BY_MAIL);
            assertThat(unmet.isFinal()).isTrue();
        });
        assertThat(dns.questions()).isEmpty();
    }

    /** What a message says of its connection is of this very one, and not said before the peer has passed. */
    @Test
    void messageShouldLearnOverWhichTlsItGoes() {
        List<MessageSource.Carriage> carriages = new ArrayList<>();
        TextMessage plain = new TextMessage("Subject: x\r\n\r\nx\r\n");
        MessageSource curious = new CuriousMessage(plain, carriages);
        ScriptedServer server = onlyHost(TLS + "IDENTITY good\nSERVE");
        Shipment shipment = shipment(ENCRYPT).with(curious);
        assertThat(only(deliver(shipment))).isInstanceOf(Delivered.class);
        assertThat(carriages).singleElement().satisfies(carriage -> {
            assertThat(carriage.destination()).isEqualTo("two.example");
            assertThat(carriage.host()).isEqualTo("mx.two.example");
            assertThat(carriage.tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
            assertThat(carriage.verdicts()).contains("chain-valid");
        });
        assertThat(server.connections()).hasSize(1);
    }

    /** Remembers over what it went. */
    private record CuriousMessage(TextMessage text, List<Carriage> carriages) implements MessageSource {
        @Override
        public MessageSource over(Carriage carriage) {
            carriages.add(carriage);
            return text;
        }

        @Override
        public InputStream open() {
            throw new IllegalStateException("sent without asking it");
        }

        @Override
        public long size() {
            return text.size();
        }

        @Override
        public boolean hasEightBitBody() {
            return false;
        }

        @Override
        public boolean hasUtf8Header() {
            return false;
        }

        @Override
        public Optional<MessageSource> sevenBit() {
            return Optional.empty();
        }
    }

    /** However good the server is: not even DNS learns of the mail. */
    @Test
    void stoppedMailShouldAskNobody() {
        Shipment open = shipment(Requirement.NOTHING, "b@two.example");
        EmergencyStop stop = new EmergencyStop(
                EmergencyStop.What.DESTINATION, "two.example", "a key was stolen", "anna", Instant.EPOCH);
        Consignee consignee = open.consignees().get(0);
        Shipment stopped = new Shipment(
                open.destination(),
                open.sender(),
                List.of(new Consignee(consignee.recipient(), consignee.demand().heldBy(List.of(stop), "two.example"))),
                open.dsn(),
                open.message());
        assertThat(only(deliver(stopped))).isInstanceOfSatisfying(Unmet.class, unmet -> {
            assertThat(unmet.reason()).isEqualTo(Reason.EMERGENCY);
            assertThat(unmet.isFinal()).isFalse();
            assertThat(unmet.status()).isEqualTo("4.7.0");
        });
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void nothingRequiredShouldUseTlsWhereItIsAndCleartextWhereItIsNot() {
        ScriptedServer server = onlyHost(TLS + "IDENTITY self\nSERVE");
        assertThat(only(deliver(Requirement.NOTHING)).circumstances().tls()).isPresent();
        assertNothingInClear(server);
        ScriptedServer clear = host(CLEAR + "SERVE");
        dns.host("mx.two.example", "127.0.0.2");
        Outcome outcome = only(deliver(Requirement.NOTHING));
        assertThat(outcome.circumstances().tls()).isEmpty();
        assertThat(outcome.circumstances().bytes().beforeHandshake()).isPositive();
        assertThat(clear.connections()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ON STARTTLS => 454 later\nSERVE",
                "C: EHLO*\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nRESET",
                "C: EHLO*\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS10",
                "C: EHLO*\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS good\nC: EHLO*\nRESET",
            })
    void failedTlsShouldFallBackOnlyWhereNothingIsRequired(String script) {
        String broken = "S: 220 hi\nFEATURES STARTTLS\n" + script;
        onlyHost(broken, CLEAR + "SERVE", broken);
        Outcome outcome = only(deliver(Requirement.NOTHING));
        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(outcome.circumstances().tls()).isEmpty();
        pool.close();
        delivery = null;
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Unmet.class);
        assertThat(servers.get(0).connections()).hasSize(3);
        assertThat(servers.get(0).ended(2).wire()).doesNotContain("MAIL");
    }

    @Test
    void secondHostShouldGetWhatTheFirstIsNotGoodEnoughFor() {
        ScriptedServer first = host(CLEAR + "SERVE");
        ScriptedServer second = host(TLS + "SERVE");
        dns.mx("two.example", "10 a.two.example", "20 mx.two.example");
        dns.host("a.two.example", "127.0.0.1").host("mx.two.example", "127.0.0.2");
        DeliveryReport report = deliver(VERIFY);
        assertThat(only(report)).isInstanceOf(Delivered.class);
        assertThat(report.attempts()).hasSize(2);
        assertNothingSent(first);
        assertNothingInClear(second);
    }

    @Test
    void everyAddressShouldBeTried() {
        ScriptedServer first = host(CLEAR + "SERVE");
        ScriptedServer second = host(TLS + "IDENTITY self\nSERVE");
        ScriptedServer third = host(CLEAR + "SERVE");
        dns.mx("two.example", "10 mx.two.example").host("mx.two.example", "127.0.0.1", "127.0.0.2", "127.0.0.3");
        assertThat(only(deliver(VERIFY))).isInstanceOf(Unmet.class);
        for (ScriptedServer server : List.of(first, second, third)) {
            assertThat(server.connections()).hasSize(1);
            assertNothingSent(server);
        }
    }

    @Test
    void finalRefusalShouldNeedEveryHost() {
        publications = question -> published(TlsaRecords.NONE, MtaSts.ENFORCE, peer -> false);
        host(TLS + "SERVE");
        ScriptedServer dead = host(CLEAR);
        dns.mx("two.example", "10 mx.two.example", "20 b.two.example");
        dns.host("mx.two.example", "127.0.0.1").host("b.two.example", "127.0.0.2");
        dead.close();
        Requirement required = Requirement.builder().requireTls().build();
        Outcome outcome = only(deliver(required));
        assertThat(outcome).isInstanceOfSatisfying(Unmet.class, unmet -> assertThat(unmet.isFinal())
                .isFalse());
    }

    @Test
    void credentialsShouldStayInsideTls() {
        ScriptedServer server = host(
                TLS + "TLSFEATURES AUTH PLAIN\nSERVE",
                CLEAR + "FEATURES AUTH PLAIN\nSERVE",
                TLS + "IDENTITY self\nTLSFEATURES AUTH PLAIN\nSERVE");
        Destination hub = new Destination(
                "two.example",
                Optional.of(NextHop.parse("[127.0.0.1]:" + server.port())),
                Optional.of(new Credentials("user", "hidden")),
                Optional.empty());
        Outcome first = only(deliver(shipment(hub, ENCRYPT)));
        assertThat(first).isInstanceOf(Delivered.class);
        pool.close();
        delivery = null;
        Outcome second = only(deliver(shipment(hub, Requirement.NOTHING)));
        assertThat(second).isInstanceOf(Deferred.class);
        Outcome third =
                only(deliver(shipment(hub, Requirement.builder().validChain().build())));
        assertThat(third).isInstanceOf(Unmet.class);
        assertNothingInClear(server);
        assertThat(server.ended(0).insideTls()).contains("AUTH PLAIN");
        assertThat(server.ended(2).insideTls()).doesNotContain("AUTH");
    }

    @Test
    void probeShouldSendNothing() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        List<HostAttempt> attempts = delivery().probe(Destination.of("two.example"), demand(VERIFY));
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).note()).isEqualTo("would be delivered");
        assertThat(attempts.get(0).circumstances().tls()).isPresent();
        assertNothingSent(server);
    }

    @Test
    void lookUpErrorsShouldDeferAndAbsenceReject() {
        dns.mxFails("two.example");
        host(CLEAR);
        assertThat(only(deliver(Requirement.NOTHING)).status()).isEqualTo("4.4.3");
        dns.mx("two.example", "0 .");
        assertThat(only(deliver(Requirement.NOTHING))).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo("5.1.10");
            assertThat(rejected.replyCode()).isEqualTo(556);
            assertThat(rejected.reply()).as("no server said that").isEmpty();
        });
    }

    @Test
    void patienceShouldBeUnusedWhereNobodyWaits() {
        onlyHost(TLS + "SERVE");
        assertThat(delivery().deliver(shipment(ENCRYPT), Duration.ofDays(1))).isPresent();
    }

    /** RFC 7672 §8.1: a provider may have a certificate of its own for that name. */
    @ParameterizedTest
    @CsvSource({"3, mx.provider.example", "1, mx.two.example"})
    void nameOfTheTlsaRecordsShouldBeAskedForInTheHandshake(int usage, String asked) {
        ScriptedServer server = host(TLS + "SERVE");
        dns.mx("two.example", Security.SECURE, "10 mx.two.example")
                .host(
                        "mx.two.example",
                        new Found<>(List.of(loopback(1)), Security.SECURE, Optional.of("mx.provider.example")))
                .tlsa(
                        "mx.provider.example",
                        server.port(),
                        new Found<>(
                                List.of(DaneRecords.of(
                                        usage, 1, 1, IDENTITIES.get("good").leaf())),
                                Security.SECURE));
        publications =
                new PublishedPolicies(dns, domain -> new StsAnswer.None(), DnsSettings.DEFAULT.insecureMx(), clock);
        assertThat(only(deliver(Requirement.NOTHING))).isInstanceOf(Outcome.Delivered.class);
        pool.close();
        assertThat(server.ended(0).sni()).contains(asked);
    }
}
