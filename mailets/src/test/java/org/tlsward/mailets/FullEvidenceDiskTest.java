/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.Shipment;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceVerifier;
import org.tlsward.health.HealthProblem;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardHealth;
import org.tlsward.james.WardMetrics;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.smtp.Reply;
import org.tlsward.testing.SettableClock;

/** The disk of the evidence is full: protected mail waits, health is red, nothing is lost, and no restart is needed. */
class FullEvidenceDiskTest {
    private static final String TLSWARD =
            """
            <tlsward>
              <classes default="general">
                <class name="medical">
                  <members><pattern>arzt*@*</pattern></members>
                  <outbound level="encrypt" warnAfter="15m" giveUpAfter="4h"/>
                </class>
                <class name="general"/>
              </classes>
              <evidence path="file://disk/evidence/"/>
            </tlsward>""";

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
    private final List<String> shipped = new ArrayList<>();
    private boolean mounted;
    private FakeServer server;
    private WardHealth health;
    private WardEvidence evidence;
    private AttemptMail attempt;

    @BeforeEach
    void start() throws Exception {
        Path disk = Files.createDirectory(root.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "this account may not mount a small disk");
        server = new FakeServer(root, TLSWARD);
        Ward ward = server.ward();
        health = new WardHealth(ward);
        evidence = new WardEvidence(server.files(), ward, health);
        DeliveryParameters parameters = DeliveryParameters.read(
                server.config("TlsRemoteDelivery", "withheldProcessor", "tls-withheld", "bounceProcessor", "bounces")
                        .build());
        InnerErrors errors = new InnerErrors(clock);
        attempt = new AttemptMail(
                new AttemptMail.Surroundings(
                        ward,
                        evidence,
                        new DestinationMemory(),
                        new OutgoingMail(server.files(), health),
                        new AttemptMail.Counters(
                                new TlsReportSessions(() -> false, session -> {}),
                                new WardMetrics(new RecordingMetricFactory())),
                        errors,
                        server.context(),
                        clock),
                (configuration, shipment) -> deliver(shipment),
                new MailShipments(new MailDemand(FakeServer.classes(ward), server.stops()), parameters, errors),
                new Settlement(
                        new DelayingQueue(server.queue(), clock), server.context(), parameters, clock, List::of));
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            if (evidence != null) {
                evidence.close();
            }
            run("umount", root.resolve("disk").toString());
        }
    }

    private Optional<DeliveryReport> deliver(Shipment shipment) {
        shipment.consignees().forEach(each -> shipped.add(each.recipient().address()));
        Outcome taken = new Outcome.Delivered(new Reply(250, List.of("2.0.0 taken")), true, Circumstances.NO_HOST);
        return Optional.of(new DeliveryReport(
                shipment.consignees().stream()
                        .map(each -> new RecipientOutcome(each, taken))
                        .toList(),
                List.of()));
    }

    @Test
    void protectedMailShouldWaitUntilThereIsRoomAndNothingShouldBeLost() throws Exception {
        attempt.run(mail("arzt1@fern.example"));
        Path filler = root.resolve("disk/filler");
        fill(filler);
        fillTheLastPage();

        assertThat(isRed()).isTrue();
        assertThat(evidence.isAvailable()).isFalse();
        attempt.run(mail("arzt3@fern.example", "b@fern.example"));
        evidence.tick();
        assertThat(shipped).doesNotContain("arzt3@fern.example").contains("b@fern.example");
        assertThat(server.queued()).singleElement().satisfies(waiting -> assertThat(waiting.recipients())
                .containsExactly("arzt3@fern.example"));
        assertThat(isRed()).isTrue();

        Files.delete(filler);
        evidence.tick();
        assertThat(isRed()).isFalse();
        attempt.run((MailImpl) server.queued().get(0).mail());
        assertThat(shipped).contains("arzt3@fern.example");
        assertThat(recipients())
                .as("each that went out, the one too that found no room")
                .containsExactlyInAnyOrderElementsOf(shipped);
        assertThat(EvidenceVerifier.verify(evidence.directory(), Optional.empty())
                        .isSound())
                .isTrue();
    }

    /** The file of the evidence has room up to the end of its last page. The mail that finds none goes out, and is remembered. */
    private void fillTheLastPage() throws Exception {
        for (int i = 0; i < 20 && evidence.isAvailable(); i++) {
            attempt.run(mail("arzt2" + i + "@fern.example"));
        }
    }

    private boolean isRed() {
        return health.problems().stream().anyMatch(problem -> problem.severity() == HealthProblem.Severity.UNHEALTHY);
    }

    private List<String> recipients() throws IOException {
        List<String> recipients = new ArrayList<>();
        EvidenceArchive archive = new EvidenceArchive(evidence.directory(), evidence.keys());
        EvidenceArchive.read(List.copyOf(archive.days().values()), line -> line.entry()
                .filter(EvidenceRecord.class::isInstance)
                .map(EvidenceRecord.class::cast)
                .ifPresent(attempt -> recipients.add(attempt.mail().recipient())));
        return recipients;
    }

    private MailImpl mail(String... recipients) throws Exception {
        MailImpl mail = FakeServer.mail("mail" + recipients[0], recipients);
        RetryState.first("mail", clock.instant()).write(mail);
        return mail;
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
