/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.Outcome;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.mailets.FakeServer.Taken;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.PolicyException;
import org.tlsward.policy.ReleaseOverride;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.smtp.EnvelopeRecipient.Notify;
import org.tlsward.smtp.Reply;

/** Mail that was let through with less is no less sensitive: what is told of it is protected as the mail was to be. */
class LoweredNoticeTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Requirement ENCRYPT = TlsLevel.ENCRYPT.requirement();
    private static final RetryState STATE = RetryState.first("mail", NOW);

    @TempDir
    Path root;

    private FakeServer server;
    private Settlement settlement;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(root, "");
        settlement = new Settlement(
                new DelayingQueue(server.queue(), CLOCK),
                server.context(),
                DeliveryParameters.read(server.config(
                                "TlsRemoteDelivery",
                                "withheldProcessor",
                                "tls-withheld",
                                "bounceProcessor",
                                "bounces",
                                "delayedProcessor",
                                "late")
                        .build()),
                CLOCK,
                List::of);
    }

    static Stream<Demand> lowered() {
        return Stream.of(
                medical()
                        .release(new ReleaseOverride(
                                "anna, bert", TlsLevel.MAY, TlsLevel.MAY.requirement(), "theatre", false))
                        .build(),
                medical()
                        .exception(new PolicyException(
                                new DomainMatch.Exact("partner.example"),
                                TlsLevel.MAY,
                                TlsLevel.MAY.requirement(),
                                "their new server",
                                LocalDate.of(2027, 4, 1),
                                false))
                        .build());
    }

    private static DemandBuilder medical() {
        return Demand.builder().mark("medical", ENCRYPT);
    }

    private static Settled settled(Demand demand, Outcome outcome) throws Exception {
        assertThat(demand.required()).isEqualTo(Requirement.NOTHING);
        EnvelopeRecipient recipient =
                new EnvelopeRecipient("arzt@partner.example", Set.of(Notify.SUCCESS), Optional.empty());
        return Settled.of(
                new Addressee(new MailAddress("arzt@partner.example"), new Consignee(recipient, demand)),
                outcome,
                STATE,
                NOW);
    }

    private Mail refused(Mail mail, Demand demand) throws Exception {
        Outcome no = new Outcome.Rejected(
                "5.1.1", 550, "nobody", Optional.of(new Reply(550, List.of("5.1.1 nobody"))), Circumstances.NO_HOST);
        assertThat(settlement.store(mail, STATE, List.of(settled(demand, no)), ""))
                .isEmpty();
        return onlyAt("bounces").mail();
    }

    private Taken onlyAt(String where) {
        List<Taken> there = server.sent().stream()
                .filter(taken -> taken.where().equals(where))
                .toList();
        assertThat(there).hasSize(1);
        return there.get(0);
    }

    private void bounce(Mail mail) throws Exception {
        BounceWithheld bounce = new BounceWithheld();
        bounce.init(server.config("BounceWithheld").build());
        bounce.service(mail);
    }

    private static Optional<Requirement> mark(Taken notice) {
        return WardAttributes.requirement(notice.mail()).map(RequirementText::parse);
    }

    @ParameterizedTest
    @MethodSource("lowered")
    void noticeOfARefusalShouldTravelAsTheMailWasTo(Demand demand) throws Exception {
        Mail copy = refused(FakeServer.mail("mail", "arzt@partner.example"), demand);
        bounce(copy);

        Taken notice = onlyAt("root");
        assertThat(notice.message()).contains("550 5.1.1 nobody", "patient 7");
        assertThat(mark(notice)).contains(ENCRYPT);
        assertThat(notice.attribute("tlsward.dsn.redacted", String.class))
                .as("in its place if it may not travel")
                .isNotEmpty()
                .doesNotContain("patient 7");
    }

    @ParameterizedTest
    @MethodSource("lowered")
    void explanationShouldBeOfWhatWasReallyRequired(Demand demand) throws Exception {
        Mail copy = refused(FakeServer.mail("mail", "arzt@partner.example"), demand);

        assertThat(RecipientNotes.get(copy)).singleElement().satisfies(note -> {
            assertThat(note.required()).isEqualTo(Requirement.NOTHING);
            assertThat(note.protection()).isEqualTo(ENCRYPT);
        });
    }

    @ParameterizedTest
    @MethodSource("lowered")
    void noticeOfSuccessShouldTravelAsTheMailWasTo(Demand demand) throws Exception {
        MailImpl mail = FakeServer.mail("mail", "arzt@partner.example");
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(
                        new MailAddress("arzt@partner.example"),
                        DsnParameters.RecipientDsnParameters.of(EnumSet.of(DsnParameters.Notify.SUCCESS)))
                .build()
                .orElseThrow());
        Outcome yes = new Outcome.Delivered(new Reply(250, List.of("2.0.0 taken")), false, Circumstances.NO_HOST);
        settlement.store(mail, STATE, List.of(settled(demand, yes)), "");
        NotifyDelay delay = new NotifyDelay();
        delay.init(server.config("NotifyDelay").build());

        delay.service(onlyAt("late").mail());

        assertThat(mark(onlyAt("root"))).contains(ENCRYPT);
    }

    /** It is somebody's mail all the same: the postmaster learns of it, and it is kept. */
    @ParameterizedTest
    @MethodSource("lowered")
    void refusedMailWithoutASenderShouldBeKeptAndTold(Demand demand) throws Exception {
        MailImpl mail = FakeServer.mail("mail", "arzt@partner.example");
        mail.setSender(null);
        Mail copy = refused(mail, demand);
        bounce(copy);

        assertThat(onlyAt("root").recipients()).containsExactly("postmaster@klinik.example");
        assertThat(copy.getState()).isNotEqualTo(Mail.GHOST);
    }

    /** From a loop of aliases, for example: there are no notes, but the mail says itself what it needs. */
    @Test
    void noticeOfMailOfAnotherWayShouldTravelAsItsMarkSays() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "praxis@klinik.example");
        WardAttributes.setRequirement(mail, ENCRYPT);
        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);
        bounce(mail);

        assertThat(mark(onlyAt("root")))
                .contains(ENCRYPT.join(Requirement.builder().requireTls().build()));
    }

    @Test
    void markedMailOfAnotherWayWithoutASenderShouldBeKeptAndTold() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "praxis@klinik.example");
        WardAttributes.setRequirement(mail, ENCRYPT);
        mail.setSender(null);
        bounce(mail);

        assertThat(onlyAt("root").recipients()).containsExactly("postmaster@klinik.example");
        assertThat(mail.getState()).isNotEqualTo(Mail.GHOST);
    }
}
