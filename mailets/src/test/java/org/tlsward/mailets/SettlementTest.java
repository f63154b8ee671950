/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.Outcome;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.mailets.FakeServer.Taken;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.smtp.EnvelopeRecipient.Notify;
import org.tlsward.smtp.Reply;

class SettlementTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Requirement ENCRYPT = TlsLevel.ENCRYPT.requirement();

    @TempDir
    Path root;

    private FakeServer server;
    private Settlement settlement;
    private List<ClassRule> rules = List.of();
    private final RetryState state = RetryState.first("mail-0", NOW);

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(root, "");
        settlement = settlement("delayedProcessor", "late", "onDeliveredProcessor", "done", "delayTime", "2 minutes");
    }

    private Settlement settlement(String... parameters) throws Exception {
        String[] all = Stream.concat(
                        Stream.of("withheldProcessor", "tls-withheld", "bounceProcessor", "bounces"),
                        Stream.of(parameters))
                .toArray(String[]::new);
        return new Settlement(
                new DelayingQueue(server.queue(), CLOCK),
                server.context(),
                DeliveryParameters.read(server.config("TlsRemoteDelivery", all).build()),
                CLOCK,
                () -> rules);
    }

    static Addressee addressee(String address) throws Exception {
        return new Addressee(
                new MailAddress(address),
                new Consignee(
                        new EnvelopeRecipient(address, Set.of(), Optional.empty()),
                        Demand.builder().mark("a mark", ENCRYPT).build()));
    }

    static Outcome.Unmet unmet(Reason reason) {
        return new Outcome.Unmet(
                new Decision.Refuse(
                        ENCRYPT,
                        List.of(new Decision.Unmet(reason, "seen that", List.of())),
                        Decision.Persistence.RETRY,
                        reason.finalStatus(),
                        List.of()),
                Optional.empty(),
                Circumstances.NO_HOST);
    }

    private static Outcome.Deferred deferred(Failure kind) {
        return new Outcome.Deferred("4.2.0", "later", Optional.empty(), kind, false, Circumstances.NO_HOST);
    }

    private static Settled settled(String address, Outcome outcome, SettledFate fate, Failure failure, boolean warn)
            throws Exception {
        return new Settled(addressee(address), outcome, fate, Optional.of(failure), warn, Optional.empty());
    }

    private static Settled withheld(String address, Reason reason) throws Exception {
        return settled(address, unmet(reason), SettledFate.WITHHELD, Failure.REQUIREMENT, false);
    }

    private static Settled waiting(String address, Failure failure, boolean warn) throws Exception {
        return settled(address, deferred(failure), SettledFate.TRY_AGAIN, failure, warn);
    }

    private static Settled rejected(String address) throws Exception {
        return settled(
                address,
                new Outcome.Rejected("5.1.1", 550, "nobody", Optional.empty(), Circumstances.NO_HOST),
                SettledFate.REJECTED,
                Failure.OTHER,
                false);
    }

    private MailImpl mail() throws Exception {
        MailImpl mail = FakeServer.mail("mail-0", "a@fern.example", "b@fern.example", "c@fern.example");
        state.write(mail);
        return mail;
    }

    @Test
    void recipientsOfOneFateAndReasonShouldShareACopy() throws Exception {
        List<Settled> left = settlement.store(
                mail(),
                state,
                List.of(
                        withheld("a@fern.example", Reason.TLS_NOT_OFFERED),
                        rejected("r@fern.example"),
                        withheld("b@fern.example", Reason.CERTIFICATE_EXPIRED),
                        withheld("c@fern.example", Reason.TLS_NOT_OFFERED)),
                "");

        assertThat(left).isEmpty();
        assertThat(server.sent())
                .extracting(Taken::where, Taken::recipients)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "tls-withheld", List.of("a@fern.example", "c@fern.example")),
                        org.assertj.core.groups.Tuple.tuple("bounces", List.of("r@fern.example")),
                        org.assertj.core.groups.Tuple.tuple("tls-withheld", List.of("b@fern.example")));
        assertThat(server.sent()).extracting(Taken::name).doesNotHaveDuplicates();
        assertThat(server.queued()).isEmpty();
    }

    @Test
    void aWithheldCopyShouldSayWhy() throws Exception {
        settlement.store(mail(), state, List.of(withheld("a@fern.example", Reason.TLS_NOT_OFFERED)), "");

        Taken copy = server.sent().get(0);
        assertThat(copy.attribute("tlsward.withheld.reason", String.class)).isEqualTo("tls-not-offered");
        assertThat(copy.attribute("tlsward.withheld.explanation", String.class)).contains("seen that");
        assertThat(RecipientNotes.get(copy.mail())).singleElement().satisfies(note -> {
            assertThat(note.recipient()).isEqualTo("a@fern.example");
            assertThat(note.status()).isEqualTo("5.7.4");
        });
        assertThat(copy.has("tlsward.retry")).as("a release begins anew").isFalse();
        assertThat(copy.mail().getErrorMessage()).isEqualTo("5.7.4 seen that");
        assertThat(copy.message()).contains("the body");
    }

    @Test
    void arrivedMailShouldBeCopiedOnlyWhereThatIsWanted() throws Exception {
        Settled delivered = new Settled(
                addressee("a@fern.example"),
                deferred(Failure.OTHER),
                SettledFate.DELIVERED,
                Optional.empty(),
                false,
                Optional.empty());

        settlement().store(mail(), state, List.of(delivered), "");
        assertThat(server.sent()).isEmpty();

        settlement.store(mail(), state, List.of(delivered), "");
        assertThat(server.sent()).extracting(Taken::where).containsExactly("done");
        assertThat(server.queued()).isEmpty();
    }

    @Test
    void successShouldBeToldWhereTheNextServerWillNot() throws Exception {
        EnvelopeRecipient asks = new EnvelopeRecipient("a@fern.example", Set.of(Notify.SUCCESS), Optional.empty());
        Reply taken = new Reply(250, List.of("2.0.0 taken"));
        for (boolean passedOn : new boolean[] {true, false}) {
            Addressee addressee = new Addressee(
                    new MailAddress("a@fern.example"),
                    new Consignee(asks, Demand.builder().build()));
            settlement("delayedProcessor", "late")
                    .store(
                            mail(),
                            state,
                            List.of(new Settled(
                                    addressee,
                                    new Outcome.Delivered(taken, passedOn, Circumstances.NO_HOST),
                                    SettledFate.DELIVERED,
                                    Optional.empty(),
                                    false,
                                    Optional.empty())),
                            "");
        }

        assertThat(server.sent()).singleElement().satisfies(notice -> {
            assertThat(notice.where()).isEqualTo("late");
            assertThat(RecipientNotes.get(notice.mail()).get(0).status()).isEqualTo("2.0.0");
        });
    }

    @Test
    void whoWaitsShouldBeQueuedWithADelayAndTheSenderToldOnce() throws Exception {
        MailImpl mail = mail();
        settlement.store(mail, state, List.of(waiting("a@fern.example", Failure.REQUIREMENT, true)), "");

        Taken again = server.queued().get(0);
        assertThat(again.delay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(again.recipients()).containsExactly("a@fern.example");
        RetryState next = RetryState.of(again.mail(), NOW);
        assertThat(next).isEqualTo(new RetryState("mail-0", NOW, 1, true, Optional.of(Failure.REQUIREMENT)));
        assertThat(server.sent()).extracting(Taken::where).containsExactly("late");

        settlement.store(again.mail(), next, List.of(waiting("a@fern.example", Failure.REQUIREMENT, true)), "");
        assertThat(server.sent()).hasSize(1);
    }

    @Test
    void copiesOfCopiesShouldNotTakeEachOthersPlace() throws Exception {
        settlement.store(
                mail(),
                state,
                List.of(
                        waiting("a@fern.example", Failure.OTHER, false),
                        waiting("b@fern.example", Failure.UNREACHED, false)),
                "");
        assertThat(server.queued()).hasSize(2);
        for (Taken copy : List.copyOf(server.queued())) {
            settlement.store(
                    copy.mail(),
                    RetryState.of(copy.mail(), NOW),
                    List.of(withheld(copy.recipients().get(0), Reason.TLS_NOT_OFFERED)),
                    "");
        }

        assertThat(server.sent()).hasSize(2).extracting(Taken::name).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeStoredShouldBeLeftAndTheRestStored() throws Exception {
        server.breakProcessors("bounces", "done");
        Settled rejected = rejected("r@fern.example");
        Settled delivered = new Settled(
                addressee("d@fern.example"),
                deferred(Failure.OTHER),
                SettledFate.DELIVERED,
                Optional.empty(),
                false,
                Optional.empty());

        List<Settled> left = settlement.store(
                mail(), state, List.of(delivered, rejected, withheld("a@fern.example", Reason.TLS_NOT_OFFERED)), "");

        assertThat(left).as("who has it is not sent it again").containsExactly(rejected);
        assertThat(server.sent()).extracting(Taken::where).containsExactly("tls-withheld");
    }

    /** Nobody knows what it needs: it may be of any class, and what is told of it travels like that. */
    @Test
    void whatEndsInErrorsOfOursShouldBeAsSensitiveAsEveryClassAndItsMark() throws Exception {
        rules = List.of(new ClassRule(
                "medical",
                InboundRule.NOTHING,
                new OutboundRule(TlsLevel.ENCRYPT, ENCRYPT, Optional.empty(), Duration.ofHours(4), Duration.ofDays(5)),
                Map.of("en", "use the portal")));
        MailImpl mail = FakeServer.mail("mail-0", "a@fern.example");
        RetryState.first("mail-0", NOW.minus(RetryState.LONGEST_WAIT)).write(mail);
        WardAttributes.setRequirement(mail, TlsLevel.AUTHENTICATED.requirement());
        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);

        settlement.afterError(mail, "an error in this server");

        Taken copy = server.sent().get(0);
        assertThat(copy.where()).isEqualTo("tls-withheld");
        assertThat(RecipientNotes.get(copy.mail())).singleElement().satisfies(note -> {
            assertThat(note.protection())
                    .isEqualTo(ENCRYPT.join(TlsLevel.AUTHENTICATED.requirement())
                            .join(Requirement.builder().requireTls().build()));
            assertThat(note.classes()).isEmpty();
        });

        mail.removeAttribute(WardAttributes.REQUIREMENT);
        mail.removeAttribute(WardAttributes.REQUIRETLS);
        settlement.afterError(mail, "an error in this server");
        assertThat(RecipientNotes.get(server.sent().get(1).mail()))
                .extracting(RecipientNote::protection)
                .containsExactly(ENCRYPT);
    }

    @Test
    void whatIsPutBackShouldKeepItsState() throws Exception {
        MailImpl mail = mail();
        settlement.putBack(mail, List.of(new MailAddress("b@fern.example")), PutBack.CROWDED);

        Taken back = server.queued().get(0);
        assertThat(RetryState.of(back.mail(), Instant.EPOCH)).isEqualTo(state);
        assertThat(back.recipients()).containsExactly("b@fern.example");
        assertThat(back.delay()).isEqualTo(Duration.ofSeconds(15));
        assertThat(back.name()).isNotEqualTo(mail.getName());
    }
}
