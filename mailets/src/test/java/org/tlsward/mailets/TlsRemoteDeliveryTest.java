/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.ServerFacts;
import org.tlsward.james.Ward;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardHealth;
import org.tlsward.james.WardMetrics;
import org.tlsward.mailets.FakeServer.Taken;
import org.tlsward.policy.RequireHeader;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

class TlsRemoteDeliveryTest {
    private static final String TLSWARD =
            """
            <tlsward>
              <classes default="general">
                <class name="medical">
                  <members><address>arzt@fern.example</address></members>
                  <outbound level="encrypt"/>
                </class>
                <class name="general"/>
              </classes>
              <destinations>
                <destination match="lab.example" level="may" via="[127.0.0.1]:9" clientCertificate="file://conf/ours.p12"/>
              </destinations>
            </tlsward>""";

    @TempDir
    Path root;

    private FakeServer server;
    private Ward ward;
    private WardHealth health;
    private WardEvidence evidence;
    private TlsRemoteDelivery mailet;
    private final RunningQueues runningQueues = new RunningQueues();

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("conf"));
        Files.writeString(root.resolve("conf/ours.p12"), "this is no PKCS#12");
        server = new FakeServer(root, TLSWARD);
        ward = server.ward();
        health = new WardHealth(ward);
        evidence = new WardEvidence(server.files(), ward, health);
        mailet = mailet();
        mailet.init(config());
    }

    private org.apache.mailet.MailetConfig config() {
        return server.config(
                        "TlsRemoteDelivery",
                        "withheldProcessor",
                        "tls-withheld",
                        "bounceProcessor",
                        "bounces",
                        "delayedProcessor",
                        "late",
                        "onDeliveredProcessor",
                        "done",
                        "delayedDelivery",
                        "queue")
                .build();
    }

    private TlsRemoteDelivery mailet() throws Exception {
        MailQueueFactory<?> queues = (MailQueueFactory<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MailQueueFactory.class},
                (proxy, method, arguments) -> server.queue());
        return new TlsRemoteDelivery(
                new TlsRemoteDelivery.Server(
                        queues,
                        ward,
                        evidence,
                        health,
                        new MailDemand(FakeServer.classes(ward), server.stops()),
                        runningQueues,
                        new DestinationMemory(),
                        new OutgoingMail(server.files(), health),
                        new ServerFacts(ward, health, server.stops()),
                        new TlsReportSessions(() -> false, session -> {}),
                        new TlsRemoteDelivery.Numbers(new WardMetrics(new RecordingMetricFactory()))),
                Duration.ZERO);
    }

    @AfterEach
    void stop() {
        mailet.destroy();
    }

    @Test
    void recipientsShouldBeSplitByDomainAndRequirement() throws Exception {
        MailImpl mail = FakeServer.mail(
                "mail", "arzt@fern.example", "a@fern.example", "b@nah.example", "c@fern.example", "d@NAH.example");
        mailet.service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(server.queued())
                .extracting(taken -> Set.copyOf(taken.recipients()))
                .containsExactlyInAnyOrder(
                        Set.of("arzt@fern.example"),
                        Set.of("a@fern.example", "c@fern.example"),
                        Set.of("b@nah.example", "d@nah.example"));
        assertThat(server.queued()).extracting(Taken::name).doesNotHaveDuplicates();
        assertThat(server.queued()).allSatisfy(taken -> assertThat(
                        RetryState.of(taken.mail(), Instant.EPOCH).tries())
                .isZero());
    }

    @Test
    void theHeaderShouldBecomeAMarkAndGoNoFurther() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "a@fern.example");
        mail.getMessage()
                .addHeader(
                        RequireHeader.NAME,
                        RequireHeader.values(TlsLevel.VERIFY.requirement()).get(0));
        WardAttributes.setRequirement(mail, TlsLevel.ENCRYPT.requirement());
        mailet.service(mail);

        Taken taken = server.queued().get(0);
        assertThat(taken.message()).doesNotContain(RequireHeader.NAME).contains("the body");
        assertThat(WardAttributes.requirement(taken.mail()).map(RequirementText::parse))
                .contains(TlsLevel.VERIFY.requirement());
    }

    @Test
    void aReleasedMailShouldBeginAnewButKeepItsArrival() throws Exception {
        Instant arrival = Instant.parse("2020-03-01T12:00:00Z");
        MailImpl mail = FakeServer.mail("mail", "a@fern.example");
        WardAttributes.setArrivalOnce(mail, arrival);
        mail.setAttribute(new Attribute(WardAttributes.WITHHELD_REASON, AttributeValue.of("tls-not-offered")));
        new RetryState("other", Instant.EPOCH, 7, true, java.util.Optional.empty()).write(mail);
        mailet.service(mail);

        Taken taken = server.queued().get(0);
        assertThat(taken.has("tlsward.withheld.reason")).isFalse();
        assertThat(RetryState.of(taken.mail(), Instant.EPOCH).start()).isAfter(arrival);
        assertThat(RetryState.of(taken.mail(), Instant.EPOCH).tries()).isZero();
        assertThat(WardAttributes.arrival(taken.mail())).contains(arrival);
    }

    @Test
    void aQueueThatIsBusyForAMomentShouldBeAskedAgain() throws Exception {
        server.queueIsBusyFor(3);
        MailImpl mail = FakeServer.mail("mail", "a@fern.example");
        mailet.service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(server.queued()).hasSize(1);
    }

    @Test
    void whatCannotBeQueuedShouldGoToErrorForThoseWhoAreLeft() throws Exception {
        server.queueTakesOnly(1);
        MailImpl mail = FakeServer.mail("mail", "a@fern.example", "b@nah.example", "c@weit.example");
        mailet.service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.ERROR);
        assertThat(mail.getErrorMessage()).contains("the disk is full");
        assertThat(mail.getRecipients()).hasSize(2);
        assertThat(mail.getRecipients())
                .extracting(address -> address.asString())
                .doesNotContainAnyElementsOf(server.queued().get(0).recipients());
    }

    @Test
    void aClientCertificateThatCannotBeReadShouldBeAnObstacleForThatDestinationAlone() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "x@lab.example", "a@fern.example");
        mailet.service(mail);
        assertThat(server.queued()).hasSize(2);

        MailShipments shipments = new MailShipments(
                new MailDemand(FakeServer.classes(ward), server.stops()),
                DeliveryParameters.read(
                        server.config("TlsRemoteDelivery", "withheldProcessor", "w", "bounceProcessor", "b")
                                .build()),
                new InnerErrors(Clock.systemUTC()));
        var groups = shipments.split(mail, ward.current().configuration(), Instant.now());
        assertThat(groups.keySet())
                .filteredOn(key -> key.obstacle().isPresent())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.destination().domain()).isEqualTo("lab.example");
                    assertThat(key.obstacle().orElseThrow()).contains("ours.p12 cannot be read");
                });
        assertThat(groups.keySet()).filteredOn(key -> key.obstacle().isEmpty()).hasSize(1);
    }

    @Test
    void everyProcessorItNamesShouldBeDemandedOfTheConfiguration() {
        assertThat(mailet.requiredProcessingState())
                .extracting(state -> state.getValue())
                .containsExactlyInAnyOrder("tls-withheld", "bounces", "late", "done");
    }

    @Test
    void twoOnOneQueueWithDifferentSettingsShouldStopTheStart() throws Exception {
        TlsRemoteDelivery other = mailet();
        assertThatThrownBy(() -> other.init(server.config(
                                "TlsRemoteDelivery",
                                "withheldProcessor",
                                "tls-withheld",
                                "bounceProcessor",
                                "bounces",
                                "delayedDelivery",
                                "queue")
                        .build()))
                .hasMessageContaining("two with the queue \"outgoing-tlsward\" and different settings");
    }

    @Test
    void twoOnOneQueueWithEqualSettingsShouldShareIt() throws Exception {
        RunningQueues queues = new RunningQueues();
        DeliveryParameters parameters = parameters("w");
        assertThat(queues.take(parameters)).isTrue();
        assertThat(queues.take(parameters("w"))).as("the first one runs it").isFalse();
        assertThatThrownBy(() -> queues.take(parameters("x")))
                .hasMessageContaining("two with the queue \"outgoing-tlsward\"")
                .hasMessageContaining("expected: one queue for each");
        queues.release(parameters);
        assertThat(queues.take(parameters("x"))).isTrue();
    }

    private DeliveryParameters parameters(String withheldProcessor) throws Exception {
        return DeliveryParameters.read(
                server.config("TlsRemoteDelivery", "withheldProcessor", withheldProcessor, "bounceProcessor", "b")
                        .build());
    }

    @Test
    void aSecondOneWithEqualSettingsShouldQueueButNotRun() throws Exception {
        TlsRemoteDelivery second = mailet();
        second.init(config());
        second.service(FakeServer.mail("mail", "a@fern.example"));
        assertThat(server.queued()).hasSize(1);
        assertThat(server.consumers()).as("one runner").hasValue(1);
        second.destroy();
    }

    @Test
    void aQueueOfAnUnknownKindShouldStopTheStart() throws Exception {
        assertThatThrownBy(() -> mailet().init(
                                server.config("TlsRemoteDelivery", "withheldProcessor", "w", "bounceProcessor", "b")
                                        .build()))
                .hasMessageContaining("unsupported delayedDelivery \"auto\"");
    }
}
