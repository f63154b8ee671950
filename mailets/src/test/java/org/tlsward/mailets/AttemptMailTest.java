/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.Shipment;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.LogLine;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WaitingNote;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardHealth;
import org.tlsward.james.WardMetrics;
import org.tlsward.mailets.FakeServer.Taken;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Decision;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.Facts;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.ContentBytes;
import org.tlsward.smtp.Reply;
import org.tlsward.testing.SettableClock;

class AttemptMailTest {
    private static final String TLSWARD =
            """
            <tlsward>
              <classes default="general">
                <class name="medical">
                  <members><pattern>arzt@*</pattern></members>
                  <outbound level="encrypt" warnAfter="15m" giveUpAfter="4h"/>
                </class>
                <class name="general"/>
              </classes>
            </tlsward>""";

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
    private final RecordingMetricFactory recorded = new RecordingMetricFactory();
    private final WardMetrics metrics = new WardMetrics(recorded);
    private final InnerErrors errors = new InnerErrors(clock);
    private final Map<String, Supplier<Outcome>> servers = new HashMap<>();
    private final List<String> shipped = new ArrayList<>();
    private FakeServer server;
    private OutgoingMail outgoing;
    private MailDemand demands;
    private Ward ward;
    private WardEvidence evidence;
    private FakeServer elsewhere;
    private AttemptMail attempt;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(root, TLSWARD);
        ward = server.ward();
        WardHealth health = new WardHealth(ward);
        outgoing = new OutgoingMail(server.files(), health);
        demands = new MailDemand(FakeServer.classes(ward), server.stops());
        evidence = new WardEvidence(server.files(), ward, health);
        elsewhere = new FakeServer(root.resolve("elsewhere"), TLSWARD);
        attempt = attempt(evidence);
    }

    private AttemptMail attempt(WardEvidence written) throws Exception {
        return attempt(written, (configuration, shipment) -> deliver(shipment));
    }

    private AttemptMail attempt(WardEvidence written, AttemptMail.Carrier carrier) throws Exception {
        DeliveryParameters parameters = DeliveryParameters.read(server.config(
                        "TlsRemoteDelivery",
                        "withheldProcessor",
                        "tls-withheld",
                        "bounceProcessor",
                        "bounces",
                        "delayedProcessor",
                        "late")
                .build());
        return new AttemptMail(
                new AttemptMail.Surroundings(
                        ward,
                        written,
                        new DestinationMemory(),
                        outgoing,
                        new AttemptMail.Counters(new TlsReportSessions(() -> false, session -> {}), metrics),
                        errors,
                        server.context(),
                        clock),
                carrier,
                new MailShipments(demands, parameters, errors),
                new Settlement(
                        new DelayingQueue(server.queue(), clock), server.context(), parameters, clock, List::of));
    }

    private Optional<DeliveryReport> deliver(Shipment shipment) {
        if (shipment.group().isHopeless()) {
            return Optional.of(refused(shipment));
        }
        String domain = shipment.destination().domain();
        shipment.consignees().forEach(each -> shipped.add(each.recipient().address()));
        Outcome outcome = servers.get(domain).get();
        return outcome == null
                ? Optional.empty()
                : Optional.of(new DeliveryReport(
                        shipment.consignees().stream()
                                .map(each -> new RecipientOutcome(each, outcome))
                                .toList(),
                        List.of()));
    }

    /** As the engine does, without asking anybody. */
    private static DeliveryReport refused(Shipment shipment) {
        String domain = shipment.destination().domain();
        return new DeliveryReport(
                shipment.consignees().stream()
                        .map(each -> new RecipientOutcome(
                                each,
                                new Outcome.Unmet(
                                        (Decision.Refuse) PolicyEngine.decide(new Facts(
                                                each.demand(),
                                                new Candidate(domain, domain, Candidate.Origin.INSECURE_DNS),
                                                TlsaRecords.NONE,
                                                MtaSts.NONE,
                                                new TlsAttempt.NotYet())),
                                        Optional.empty(),
                                        Circumstances.NO_HOST)))
                        .toList(),
                List.of());
    }

    private static Outcome delivered() {
        return new Outcome.Delivered(new Reply(250, List.of("2.0.0 taken")), true, Circumstances.NO_HOST);
    }

    private static Outcome rejected() {
        return new Outcome.Rejected("5.1.1", 550, "nobody", Optional.empty(), Circumstances.NO_HOST);
    }

    private static Outcome bug() {
        throw new IllegalStateException("a bug");
    }

    private static Outcome deferred() {
        return new Outcome.Deferred(
                "4.2.0", "greylisted", Optional.empty(), Failure.OTHER, false, Circumstances.NO_HOST);
    }

    private MailImpl mail(String... recipients) throws Exception {
        MailImpl mail = FakeServer.mail("mail", recipients);
        RetryState.first("mail", clock.instant()).write(mail);
        return mail;
    }

    /** The mail that came back into the queue last. */
    private Taken again() {
        return server.queued().get(server.queued().size() - 1);
    }

    private RetryState state(Mail mail) {
        return RetryState.of(mail, clock.instant());
    }

    @Test
    void eachOutcomeShouldBeStoredOnce() throws Exception {
        servers.put("good.example", AttemptMailTest::delivered);
        servers.put("bad.example", AttemptMailTest::rejected);
        servers.put("grey.example", AttemptMailTest::deferred);
        MailImpl mail = mail("a@good.example", "b@bad.example", "c@grey.example");
        attempt.run(mail);

        assertThat(mail.getRecipients()).isEmpty();
        assertThat(server.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.where()).isEqualTo("bounces");
            assertThat(sent.recipients()).containsExactly("b@bad.example");
        });
        assertThat(server.queued()).singleElement().satisfies(queued -> {
            assertThat(queued.recipients()).containsExactly("c@grey.example");
            assertThat(queued.delay()).isEqualTo(Duration.ofMinutes(1));
            WaitingNote note = WaitingNote.of(queued.mail()).orElseThrow();
            assertThat(note.last()).isEqualTo("greylisted");
            assertThat(note.tries()).isEqualTo(1);
            assertThat(note.classes()).containsExactly("general");
        });
    }

    @Test
    void aBusyDestinationShouldPutItBackWithoutAnAttemptAndForLonger() throws Exception {
        servers.put("busy.example", () -> null);
        attempt.run(mail("a@busy.example"));
        assertThat(again().delay()).isEqualTo(Duration.ofSeconds(15));
        assertThat(state(again().mail()).tries()).isZero();

        attempt.run(again().mail());
        assertThat(again().delay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(state(again().mail()).tries()).isZero();

        servers.put("busy.example", AttemptMailTest::deferred);
        attempt.run(again().mail());
        assertThat(WaitingNote.of(again().mail()).map(WaitingNote::turns)).contains(0);
    }

    @Test
    void anInnerErrorShouldCountWaitLongerAndEndAsWithheldOrBounced() throws Exception {
        servers.put("fern.example", AttemptMailTest::bug);
        attempt.run(mail("arzt@fern.example", "b@fern.example"));
        assertThat(server.queued()).hasSize(2);
        assertThat(server.queued()).allSatisfy(queued -> {
            assertThat(queued.delay()).isEqualTo(Duration.ofMinutes(1));
            assertThat(state(queued.mail()).tries()).isEqualTo(1);
        });
        Taken medical = queuedFor("arzt@fern.example");
        Taken general = queuedFor("b@fern.example");
        attempt.run(medical.mail());
        assertThat(again().delay()).isEqualTo(Duration.ofMinutes(5));
        assertThat(errors.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("3 inner errors")
                .contains("a bug"));

        clock.advance(Duration.ofHours(4));
        attempt.run(again().mail());
        Taken withheld = server.sent().get(server.sent().size() - 1);
        assertThat(withheld.where()).isEqualTo("tls-withheld");
        assertThat(withheld.attribute("tlsward.withheld.reason", String.class)).isEqualTo("configuration-error");
        assertThat(withheld.attribute("tlsward.withheld.explanation", String.class))
                .contains("an error in this server", "a bug");
        assertThat(withheld.has("tlsward.waiting")).isFalse();

        clock.advance(Duration.ofDays(5));
        attempt.run(general.mail());
        Taken bounced = server.sent().get(server.sent().size() - 1);
        assertThat(bounced.where()).isEqualTo("bounces");
        assertThat(RecipientNotes.get(bounced.mail()).get(0).status()).isEqualTo("5.3.0");
    }

    private Taken queuedFor(String recipient) {
        return server.queued().stream()
                .filter(each -> each.recipients().contains(recipient))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatOneRecipientNeedsCannotBeFoundOutShouldNotConcernTheOthers() throws Exception {
        servers.put("good.example", AttemptMailTest::delivered);
        demands = new MailDemand(FakeServer.classes(ward), server.stops()) {
            @Override
            org.tlsward.policy.Demand of(Mail mail, MailAddress recipient, java.time.Instant now) {
                if (recipient.getLocalPart().equals("x")) {
                    throw new IllegalStateException("a bug");
                }
                return super.of(mail, recipient, now);
            }
        };
        attempt = attempt(evidence);
        attempt.run(mail("a@good.example", "x@good.example"));

        assertThat(shipped).as("nobody goes out without knowing what he needs").containsExactly("a@good.example");
        assertThat(again().recipients()).containsExactly("x@good.example");
        clock.advance(Duration.ofHours(4));
        attempt.run(again().mail());
        assertThat(server.sent()).singleElement().satisfies(sent -> assertThat(sent.where())
                .isEqualTo("tls-withheld"));
    }

    @Test
    void whatIsStoredForOneGroupShouldNotComeBackWhenTheQueueBreaks() throws Exception {
        servers.put("good.example", AttemptMailTest::delivered);
        servers.put("busy.example", () -> null);
        server.queueTakesOnly(0);
        MailImpl mail = mail("a@good.example", "b@busy.example");
        assertThatThrownBy(() -> attempt.run(mail)).isInstanceOf(MessagingException.class);
        assertThat(mail.getRecipients()).extracting(MailAddress::asString).containsExactly("b@busy.example");
    }

    @Test
    void anErrorAfterTheDeliveryShouldNotDeliverAgain() throws Exception {
        servers.put("good.example", AttemptMailTest::delivered);
        servers.put("bad.example", AttemptMailTest::rejected);
        WardEvidence broken = new WardEvidence(elsewhere.files(), ward, new WardHealth(ward)) {
            @Override
            public boolean isAvailable() {
                return true;
            }

            @Override
            public boolean record(List<EvidenceRecord> records, List<Optional<String>> sentence) {
                throw new NoClassDefFoundError("a broken library");
            }
        };
        MailImpl mail = mail("a@good.example", "b@bad.example");
        attempt(broken).run(mail);
        assertThat(mail.getRecipients()).isEmpty();
        assertThat(server.queued()).isEmpty();
        assertThat(server.sent()).hasSize(1);
    }

    @Test
    void whoWasDeliveredToShouldStayDeliveredIfWhatFollowsCannotBeFoundOut() throws Exception {
        MailShipments.Addressee addressee = SettlementTest.addressee("a@fern.example");
        assertThat(Settled.afterError(addressee, delivered()).fate()).isEqualTo(SettledFate.DELIVERED);
        assertThat(Settled.afterError(addressee, rejected()).fate()).isEqualTo(SettledFate.REJECTED);
        assertThat(Settled.afterError(addressee, deferred()).fate()).isEqualTo(SettledFate.TRY_AGAIN);
    }

    /** One mail from the queue to the quarantine, in numbers. */
    @Test
    void whatBecomesOfAMailShouldBeCounted() throws Exception {
        servers.put("fern.example", () -> SettlementTest.unmet(Reason.CERTIFICATE_EXPIRED));
        attempt.run(mail("arzt@fern.example"));
        assertThat(recorded.countFor("tlsward_out_deferred")).isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_deferred_class_medical")).isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_deferred_reason_certificate_expired"))
                .isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_deferred_level_encrypt")).isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_deferred_tls_cleartext")).isEqualTo(1);

        clock.advance(Duration.ofHours(4));
        attempt.run(again().mail());
        assertThat(recorded.countFor("tlsward_out_deferred")).isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_withheld")).isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_withheld_reason_certificate_expired"))
                .isEqualTo(1);
        assertThat(recorded.executionTimesFor("tlsward_out_attempt")).hasSize(2);

        servers.put("fern.example", AttemptMailTest::delivered);
        attempt.run(mail("arzt@fern.example", "b@fern.example"));
        assertThat(recorded.countFor("tlsward_out_delivered")).isEqualTo(2);
        assertThat(recorded.countFor("tlsward_out_delivered_class_medical")).isEqualTo(1);
        assertThat(recorded.countFor("tlsward_out_delivered_class_general")).isEqualTo(2);
    }

    /** Nobody is asked, the sender learns of it in time, and what was withheld says who stopped it and why. */
    @Test
    void stoppedMailShouldNeitherGoOutNorBeLost() throws Exception {
        server.stops()
                .stop(new EmergencyStop(
                        EmergencyStop.What.CLASS, "medical", "a key was stolen", "anna", clock.instant()));
        servers.put("fern.example", AttemptMailTest::delivered);
        attempt.run(mail("arzt@fern.example"));
        assertThat(WaitingNote.of(again().mail()).orElseThrow().last()).contains("stopped by anna", "a key was stolen");
        assertThat(state(again().mail()).tries()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(15));
        attempt.run(again().mail());
        assertThat(server.sent()).singleElement().satisfies(sent -> assertThat(sent.where())
                .isEqualTo("late"));

        clock.advance(Duration.ofHours(4));
        attempt.run(again().mail());
        Taken withheld = server.sent().get(1);
        assertThat(withheld.where()).isEqualTo("tls-withheld");
        assertThat(withheld.attribute("tlsward.withheld.reason", String.class)).isEqualTo("emergency");
        assertThat(withheld.attribute("tlsward.withheld.explanation", String.class))
                .contains("emergency class medical", "stopped by anna", "a key was stolen");
        assertThat(RecipientNotes.get(withheld.mail()).get(0).status()).isEqualTo("5.7.0");
    }

    @Test
    void whatGoesOnShouldGoOutAndOthersShouldNotWait() throws Exception {
        server.stops().stop(new EmergencyStop(EmergencyStop.What.ALL, "", "drill", "anna", clock.instant()));
        servers.put("fern.example", AttemptMailTest::delivered);
        attempt.run(mail("arzt@fern.example", "b@fern.example"));
        assertThat(shipped).as("in a transaction of its own").contains("b@fern.example");
        assertThat(again().recipients()).containsExactly("arzt@fern.example");

        server.stops().resume(EmergencyStop.What.ALL, "", "anna");
        shipped.clear();
        attempt.run(again().mail());
        assertThat(shipped).containsExactly("arzt@fern.example");
    }

    private EmergencyStop ofServer(EmergencyStop.What what, String why) {
        return new EmergencyStop(
                what,
                "",
                why,
                "anna",
                clock.instant(),
                Optional.of(clock.instant().plus(Duration.ofDays(9))));
    }

    /** Nothing is bounced or withheld for it, however long it lasts; and afterwards the time that was left is left. */
    @Test
    void aStoppedServerShouldSendNothingAndGiveNothingUp() throws Exception {
        servers.put("fern.example", AttemptMailTest::deferred);
        attempt.run(mail("b@fern.example"));
        clock.advance(Duration.ofDays(4));
        server.stops().stop(ofServer(EmergencyStop.What.SERVER, "a hole"));
        shipped.clear();
        attempt.run(again().mail());
        clock.advance(Duration.ofDays(3));
        attempt.run(again().mail());
        assertThat(shipped).isEmpty();
        assertThat(state(again().mail()).tries()).isEqualTo(1);
        assertThat(server.sent()).extracting(Taken::where).containsOnly("late");

        server.stops().resume(EmergencyStop.What.SERVER, "", "anna");
        attempt.run(again().mail());
        assertThat(shipped).containsExactly("b@fern.example");
        assertThat(state(again().mail()).tries()).isEqualTo(2);
        clock.advance(Duration.ofDays(1));
        attempt.run(again().mail());
        assertThat(server.sent()).extracting(Taken::where).endsWith("bounces");
    }

    @Test
    void withoutTlsProtectedMailShouldWaitAndGeneralMailShouldNot() throws Exception {
        server.stops().stop(ofServer(EmergencyStop.What.NO_TLS, "a hole"));
        servers.put("fern.example", AttemptMailTest::delivered);
        attempt.run(mail("arzt@fern.example", "b@fern.example"));
        assertThat(shipped).contains("b@fern.example").as("asked nobody").hasSize(1);
        assertThat(again().recipients()).containsExactly("arzt@fern.example");
        assertThat(WaitingNote.of(again().mail()).orElseThrow().last()).contains("TLS switched off by anna", "a hole");
    }

    /** The first host got the whole message in cleartext and said later, the second one took it. */
    @Test
    void whatAnEarlierHostGotShouldHaveALineOfItsOwnAndNotBeCounted() throws Exception {
        List<EvidenceRecord> written = new ArrayList<>();
        WardEvidence heard = new WardEvidence(elsewhere.files(), ward, new WardHealth(ward)) {
            @Override
            public boolean record(List<EvidenceRecord> records, List<Optional<String>> sentence) {
                assertThat(sentence).hasSameSizeAs(records);
                assertThat(sentence.get(0).orElseThrow()).contains("451 4.3.0 later");
                written.addAll(records);
                return true;
            }
        };
        Outcome.Deferred earlier = new Outcome.Deferred(
                "4.3.0",
                "refused at end of data: 451 4.3.0 later",
                Optional.of(new Reply(451, List.of("4.3.0 later"))),
                Failure.OTHER,
                false,
                sent(777, 0));
        Outcome last = new Outcome.Delivered(new Reply(250, List.of("2.0.0 taken")), true, sent(0, 888));
        AttemptMail two = attempt(
                heard,
                (configuration, shipment) -> Optional.of(new DeliveryReport(
                        shipment.consignees().stream()
                                .map(each -> new RecipientOutcome(each, List.of(earlier), last))
                                .toList(),
                        List.of())));
        two.run(mail("b@fern.example", "c@fern.example"));

        assertThat(written)
                .extracting(each -> each.mail().recipient()
                        + " " + each.result().outcome().word()
                        + " " + each.result().traffic().inCleartext()
                        + " " + each.result().traffic().insideTls()
                        + " " + each.result().reply().orElse("-"))
                .containsExactly(
                        "b@fern.example deferred 777 0 451 4.3.0 later",
                        "b@fern.example delivered 0 888 250 2.0.0 taken",
                        "c@fern.example deferred 777 0 451 4.3.0 later",
                        "c@fern.example delivered 0 888 250 2.0.0 taken");
        assertThat(written.get(1).isAfterAnotherHost(written.get(0))).isTrue();
        assertThat(written.get(2).isAfterAnotherHost(written.get(1))).isFalse();
        assertThat(recorded.countFor("tlsward_out_deferred")).isZero();
        assertThat(recorded.countFor("tlsward_out_delivered")).isEqualTo(2);
        assertThat(server.queued()).isEmpty();
    }

    private static Circumstances sent(long inCleartext, long insideTls) {
        return new Circumstances(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ZERO,
                new ContentBytes(inCleartext, insideTls));
    }

    /** DESIGN §7: log and notice say the same sentence. */
    @Test
    void logShouldSayTheSentenceOfTheNotice() throws Exception {
        List<String> lines = new ArrayList<>();
        WardEvidence heard = new WardEvidence(elsewhere.files(), ward, new WardHealth(ward)) {
            @Override
            public boolean record(List<EvidenceRecord> records, List<Optional<String>> sentence) {
                for (int i = 0; i < records.size(); i++) {
                    lines.add(LogLine.of(records.get(i), sentence.get(i)));
                }
                return true;
            }
        };
        servers.put("fern.example", () -> SettlementTest.unmet(Reason.CERTIFICATE_EXPIRED));
        attempt(heard).run(mail("arzt@fern.example"));
        clock.advance(Duration.ofHours(4));
        attempt(heard).run(again().mail());

        BounceWithheld bounce = new BounceWithheld();
        bounce.init(server.config("BounceWithheld", "language", "en").build());
        Taken withheld = server.sent().get(server.sent().size() - 1);
        assertThat(withheld.where()).isEqualTo("tls-withheld");
        bounce.service(withheld.mail());
        String notice = server.sent()
                .get(server.sent().size() - 1)
                .message()
                .replaceAll("=\\r\\n", "")
                .replaceAll("\\s+", " ");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains(" defer (certificate-expired): ");
        assertThat(lines.get(1)).contains(" withheld (certificate-expired): ");
        for (String line : lines) {
            String sentence = line.substring(line.indexOf("): ") + 3);
            assertThat(sentence).contains("seen that").hasSizeGreaterThan(40);
            assertThat(notice).contains(sentence);
        }
    }

    @Test
    void aRejectionThatCannotBeStoredShouldComeBackLaterAndLater() throws Exception {
        servers.put("bad.example", AttemptMailTest::rejected);
        server.breakProcessors("bounces");
        attempt.run(mail("b@bad.example"));
        assertThat(again().delay()).isEqualTo(Duration.ofMinutes(1));
        attempt.run(again().mail());
        assertThat(again().delay()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aHeldDestinationShouldNotBeAttemptedNorCountedAndTheSenderTold() throws Exception {
        servers.put("fern.example", AttemptMailTest::delivered);
        outgoing.hold("FERN.example");
        attempt.run(mail("arzt@fern.example"));
        assertThat(again().delay()).isEqualTo(Duration.ofMinutes(5));
        assertThat(state(again().mail()).tries()).isZero();
        assertThat(server.sent()).isEmpty();

        clock.advance(Duration.ofDays(6));
        attempt.run(again().mail());
        assertThat(server.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.where()).isEqualTo("late");
            assertThat(RecipientNotes.get(sent.mail()).get(0).seen()).contains("held back by the operator");
        });
        attempt.run(again().mail());
        assertThat(server.sent()).as("told once").hasSize(1);
        assertThat(shipped).isEmpty();

        outgoing.resume("fern.example");
        attempt.run(again().mail());
        assertThat(shipped).containsExactly("arzt@fern.example");
    }

    @Test
    void afterAHoldOneMoreAttemptShouldDecide() throws Exception {
        servers.put("fern.example", AttemptMailTest::deferred);
        outgoing.hold("fern.example");
        MailImpl mail = mail("b@fern.example");
        clock.advance(Duration.ofDays(6));
        attempt.run(mail);
        assertThat(again().recipients()).containsExactly("b@fern.example");

        outgoing.resume("fern.example");
        attempt.run(again().mail());
        assertThat(server.sent()).extracting(Taken::where).contains("bounces");
    }

    @Test
    void protectedMailShouldWaitWhileThereIsNoEvidence() throws Exception {
        servers.put("fern.example", AttemptMailTest::delivered);
        WardEvidence none = new WardEvidence(elsewhere.files(), ward, new WardHealth(ward)) {
            @Override
            public boolean isAvailable() {
                return false;
            }
        };
        attempt(none).run(mail("arzt@fern.example", "b@fern.example"));
        assertThat(shipped).containsExactly("b@fern.example");
        assertThat(again().recipients()).containsExactly("arzt@fern.example");
        assertThat(again().delay()).isEqualTo(Duration.ofMinutes(1));
    }
}
