/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.Outcome;
import org.tlsward.james.Ward;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.outbound.DestinationFacts;
import org.tlsward.smtp.Transcript;
import org.tlsward.testing.SettableClock;

/** A server that demands a certificate of its clients, on a real socket. */
class ClientCertificateTest {
    private static final String TLSWARD =
            """
            <tlsward>
              <classes default="general"><class name="general"/></classes>
              <destinations>
                <destination match="lab.example" level="encrypt" via="[127.0.0.1]:PORT"
                             clientCertificate="file://conf/ours.p12" clientCertificatePassword="PASSWORD"/>
                <destination match="other.example" level="encrypt" via="[127.0.0.1]:PORT"/>
              </destinations>
            </tlsward>""";

    @TempDir
    Path root;

    private DemandingPeer peer;
    private LiveDelivery delivery;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("conf"));
        TestKeys.make(root.resolve("conf/ours.p12"), "client.klinik.example", "correct horse");
        TestKeys.make(root.resolve("server.p12"), "mx.lab.example", "secret");
        peer = new DemandingPeer(
                TestKeys.read(root.resolve("server.p12"), "secret"),
                "secret",
                TestKeys.read(root.resolve("conf/ours.p12"), "correct horse"));
    }

    @AfterEach
    void stop() throws Exception {
        if (delivery != null) {
            delivery.stop();
        }
        peer.close();
    }

    private Outcome deliver(String recipient, String password) throws Exception {
        FakeServer server = new FakeServer(
                root, TLSWARD.replace("PORT", Integer.toString(peer.port())).replace("PASSWORD", password));
        Ward ward = server.ward();
        WardConfiguration configuration = ward.current().configuration();
        DeliveryParameters parameters = DeliveryParameters.read(
                server.config("TlsRemoteDelivery", "withheldProcessor", "w", "bounceProcessor", "b")
                        .build());
        SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
        MailShipments shipments = new MailShipments(
                new MailDemand(FakeServer.classes(ward), server.stops()), parameters, new InnerErrors(clock));
        delivery = new LiveDelivery(
                parameters,
                configuration,
                DestinationFacts.open(configuration, root.resolve("state"), Clock.systemUTC()),
                Transcript.NONE);
        MailImpl mail = FakeServer.mail("mail", recipient);
        Map.Entry<MailShipments.Key, List<Addressee>> group = shipments
                .split(mail, configuration, Instant.now())
                .entrySet()
                .iterator()
                .next();
        if (group.getKey().obstacle().isPresent()) {
            return Obstructed.report(group.getValue(), group.getKey().obstacle().get())
                    .recipients()
                    .get(0)
                    .outcome();
        }
        return delivery.by(configuration)
                .deliver(
                        MailShipments.shipment(mail, group.getKey().destination(), group.getValue(), server.context()),
                        Duration.ofSeconds(1))
                .orElseThrow()
                .recipients()
                .get(0)
                .outcome();
    }

    @Test
    void aServerThatDemandsOneShouldSeeOurs() throws Exception {
        assertThat(deliver("a@lab.example", "correct horse")).isInstanceOf(Outcome.Delivered.class);
        assertThat(peer.seen()).containsExactly("CN=client.klinik.example");
        assertThat(peer.messages()).hasSize(1);
    }

    @Test
    void aServerThatDemandsOneThatWeLackShouldGetNothing() throws Exception {
        Outcome outcome = deliver("a@other.example", "correct horse");
        assertThat(outcome).isInstanceOf(Outcome.Unmet.class);
        assertThat(outcome.explanation()).contains("tls-handshake-failed");
        assertThat(peer.seen()).isEmpty();
        assertThat(peer.commands()).doesNotContain("MAIL", "RCPT", "DATA");
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void aWrongPasswordShouldBeToldAndNobodyAsked() throws Exception {
        Outcome outcome = deliver("a@lab.example", "wrong");
        assertThat(outcome.explanation())
                .contains("configuration-error", "ours.p12 cannot be read")
                .doesNotContain("wrong");
        assertThat(peer.commands()).isEmpty();
    }
}
