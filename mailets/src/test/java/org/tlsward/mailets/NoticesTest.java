/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.james.QuarantineSizes;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.james.quarantine.QuarantineKeeper;
import org.tlsward.mailets.FakeServer.Taken;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

/** What senders and postmasters are told, and what is kept. */
class NoticesTest {
    private static final Requirement ENCRYPT = TlsLevel.ENCRYPT.requirement();

    @TempDir
    Path root;

    private FakeServer server;
    private final List<String> kept = new ArrayList<>();
    private final List<EvidenceAction> done = new ArrayList<>();
    private boolean diskFull;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(root, "");
    }

    private BounceWithheld bounce(String... parameters) throws MessagingException {
        BounceWithheld mailet = new BounceWithheld();
        mailet.init(server.config("BounceWithheld", parameters).build());
        return mailet;
    }

    private NotifyDelay delay() throws MessagingException {
        NotifyDelay mailet = new NotifyDelay();
        mailet.init(server.config("NotifyDelay").build());
        return mailet;
    }

    private QuarantineWithheld quarantine(String... parameters) throws MessagingException {
        MailRepository repository = (MailRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailRepository.class}, (proxy, method, arguments) -> {
                    if (diskFull) {
                        throw new MessagingException("the disk is full");
                    }
                    kept.add(((Mail) arguments[0]).getName());
                    return null;
                });
        MailRepositoryStore store = (MailRepositoryStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MailRepositoryStore.class},
                (proxy, method, arguments) -> repository);
        Quarantine kept = new Quarantine(
                new Quarantine.Surroundings(() -> QuarantineSettings.DEFAULT, done::addAll, Clock.systemUTC()));
        QuarantineWithheld mailet = new QuarantineWithheld(
                store,
                kept,
                QuarantineKeeper.resting(kept, root, Clock.systemUTC()),
                new QuarantineSizes(),
                server.files());
        mailet.init(server.config("QuarantineWithheld", parameters).build());
        return mailet;
    }

    private static RecipientNote note(String recipient, Fate fate, Requirement required, String host) {
        return new RecipientNote(
                recipient,
                Optional.of("rfc822;" + recipient),
                fate,
                fate == Fate.REJECTED || fate == Fate.RELAYED ? Optional.empty() : Optional.of(Reason.TLS_NOT_OFFERED),
                fate == Fate.DELAYED ? "4.7.4" : "5.7.4",
                required,
                List.of(),
                Optional.of(host),
                "no STARTTLS",
                Optional.empty(),
                List.of(),
                fate == Fate.DELAYED ? Optional.of(Instant.parse("2027-03-06T12:00:00Z")) : Optional.empty());
    }

    private static RecipientNote withheld(String recipient) {
        return note(recipient, Fate.WITHHELD, ENCRYPT, "mx.fern.example[192.0.2.7]:25");
    }

    private static MailImpl mail(RecipientNote... notes) throws Exception {
        MailImpl mail = FakeServer.mail(
                "mail", List.of(notes).stream().map(RecipientNote::recipient).toArray(String[]::new));
        RecipientNotes.set(mail, List.of(notes));
        WardAttributes.setArrivalOnce(mail, Instant.parse("2027-03-01T12:00:00Z"));
        return mail;
    }

    private static void wish(MailImpl mail, String recipient, Notify first, Notify... more) throws Exception {
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(new MailAddress(recipient), RecipientDsnParameters.of(EnumSet.of(first, more)))
                .build()
                .orElseThrow());
    }

    private Taken only() {
        assertThat(server.sent()).hasSize(1);
        return server.sent().get(0);
    }

    @Test
    void theSenderShouldLearnOfWithheldMailWithoutItsBody() throws Exception {
        MailImpl mail = mail(withheld("arzt@fern.example"));
        bounce().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        Taken notice = only();
        assertThat(notice.where()).isEqualTo("root");
        assertThat(notice.recipients()).containsExactly("clinician@klinik.example");
        assertThat(notice.mail().getMaybeSender().isNullSender()).isTrue();
        assertThat(notice.message())
                .contains("multipart/report", "Final-Recipient: rfc822; arzt@fern.example", "Action: failed")
                .contains("Status: 5.7.4", "Diagnostic-Code: X-TLSWard; tls-not-offered: no STARTTLS")
                .contains("Subject: finding of patient 7")
                .doesNotContain("the body");
        assertThat(WardAttributes.requirement(notice.mail()).map(RequirementText::parse))
                .contains(ENCRYPT);
    }

    /** RFC 8689 §5: of a REQUIRETLS mail a notice has the headers only, as if RET=HDRS had been said. */
    @Test
    void fullNoticeOfRequireTlsMailShouldHaveHeadersOnly() throws Exception {
        Requirement required = Requirement.builder().requireTls().build();
        MailImpl mail = mail(note("arzt@fern.example", Fate.WITHHELD, required, "mx.fern.example[192.0.2.7]:25"));
        mail.setDsnParameters(
                DsnParameters.builder().ret(DsnParameters.Ret.FULL).build().orElseThrow());
        bounce().service(mail);

        Taken notice = only();
        assertThat(notice.message())
                .contains("text/rfc822-headers", "Subject: finding of patient 7")
                .doesNotContain("the body", "message/rfc822\r\n");
        assertThat(WardAttributes.requirement(notice.mail())
                        .map(RequirementText::parse)
                        .map(Requirement::requireTls))
                .contains(true);
    }

    @Test
    void theRemoteServerShouldBeANameAndTheArrivalThatOfTheMail() throws Exception {
        bounce().service(mail(
                withheld("a@fern.example"),
                note("b@nah.example", Fate.WITHHELD, ENCRYPT, "[192.0.2.9]:2525"),
                note("c@weit.example", Fate.WITHHELD, ENCRYPT, "[2001:db8::1]:25")));

        assertThat(only().message())
                .contains("Remote-MTA: dns; mx.fern.example\r\n")
                .contains("Remote-MTA: dns; [192.0.2.9]\r\n")
                .contains("Remote-MTA: dns; [IPv6:2001:db8::1]\r\n")
                .containsPattern("Arrival-Date: Mon, 1 Mar 2027 1[0-9]:00:00 ");
    }

    @Test
    void aNoticeShouldHaveSevenBits() throws Exception {
        MailImpl mail = mail(withheld("a@fern.example"));
        mail.setMessage(
                FakeServer.message("Subject: Befund für Jörg", "From: Ärztin <clinician@klinik.example>", "", "x"));
        bounce("language", "de").service(mail);

        String message = only().message();
        assertThat(message.chars().allMatch(c -> c < 0x80)).isTrue();
        assertThat(message)
                .contains("Subject: Befund =?UTF-8?Q?f=C3=BCr_J=C3=B6rg?=")
                .contains("=?UTF-8?Q?=C3=84rztin?= <clinician@klinik.example>");
    }

    @Test
    void whoWantsNoNoticeShouldGetNoneAndTheMailBeKept() throws Exception {
        MailImpl mail = mail(withheld("a@fern.example"));
        wish(mail, "a@fern.example", Notify.NEVER);
        bounce().service(mail);

        assertThat(server.sent()).isEmpty();
        assertThat(mail.getState()).as("goes on to what keeps it").isNotEqualTo(Mail.GHOST);
    }

    @Test
    void onlyFailuresThatWereAskedForShouldBeTold() throws Exception {
        MailImpl mail = mail(withheld("a@fern.example"), withheld("b@fern.example"));
        wish(mail, "a@fern.example", Notify.SUCCESS, Notify.DELAY);
        bounce().service(mail);

        assertThat(only().message())
                .contains("Final-Recipient: rfc822; b@fern.example")
                .doesNotContain("Final-Recipient: rfc822; a@fern.example");
    }

    @Test
    void thePostmasterShouldLearnOfMailWithoutASenderOnce() throws Exception {
        MailImpl mail = mail(withheld("a@fern.example"));
        mail.setSender(null);
        bounce("passThrough", "true").service(mail);

        assertThat(mail.getState()).isNotEqualTo(Mail.GHOST);
        Taken notice = only();
        assertThat(notice.recipients()).containsExactly("postmaster@klinik.example");
        assertThat(notice.message())
                .contains("a@fern.example: tls-not-offered, no STARTTLS")
                .doesNotContain("the body");

        Mail again = notice.mail();
        RecipientNotes.set(again, List.of(withheld("postmaster@klinik.example")));
        bounce("passThrough", "true").service(again);
        assertThat(server.sent())
                .as("a notice about that notice would never end")
                .hasSize(1);
        assertThat(again.getState()).as("but it is kept").isNotEqualTo(Mail.GHOST);
    }

    @Test
    void anUnprotectedMailWithoutASenderShouldEndInSilence() throws Exception {
        MailImpl mail =
                mail(note("a@fern.example", Fate.REJECTED, Requirement.NOTHING, "mx.fern.example[192.0.2.7]:25"));
        mail.setSender(null);
        bounce().service(mail);

        assertThat(server.sent()).isEmpty();
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void aNoticeThatMayNotTravelShouldBeSentOnceMoreRedacted() throws Exception {
        bounce().service(mail(withheld("a@fern.example")));
        Mail notice = only().mail();
        quarantine("repositoryPath", "file://var/mail/kept/").service(notice);

        assertThat(notice.getState()).isEqualTo(Mail.GHOST);
        assertThat(kept).isEmpty();
        Taken redacted = server.sent().get(1);
        assertThat(redacted.recipients()).containsExactly("clinician@klinik.example");
        assertThat(WardAttributes.requirement(redacted.mail())).isEmpty();
        assertThat(redacted.message())
                .contains("Message-ID: <1@klinik.example>")
                .doesNotContain("patient 7")
                .doesNotContain("the body");

        quarantine("repositoryPath", "file://var/mail/kept/").service(redacted.mail());
        assertThat(server.sent()).as("never a third").hasSize(2);
        assertThat(kept).hasSize(1);
    }

    @Test
    void mailThatNobodyMayCarryShouldBeToldOfRedactedAtOnce() throws Exception {
        bounce().service(mail(
                note("a@fern.example", Fate.WITHHELD, TlsLevel.NEVER.requirement(), "mx.fern.example[192.0.2.7]:25")));

        assertThat(only().message()).doesNotContain("patient 7");
        assertThat(WardAttributes.requirement(only().mail())).isEmpty();
    }

    @Test
    void mailOfAnotherWayShouldBeToldOfByWhatJamesSays() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "nobody@klinik.example");
        mail.setErrorMessage("550 5.1.1 no such user here");
        bounce().service(mail);

        assertThat(only().message()).contains("Final-Recipient: rfc822; nobody@klinik.example", "no such user here");
    }

    @Test
    void theQuarantineShouldKeepAndEndTheMail() throws Exception {
        MailImpl mail = mail(withheld("a@fern.example"));
        quarantine("repositoryPath", "file://var/mail/kept/").service(mail);

        assertThat(kept).containsExactly("mail");
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void aQuarantineThatCannotWriteShouldNotEndTheMail() throws Exception {
        diskFull = true;
        MailImpl mail = mail(withheld("a@fern.example"));
        QuarantineWithheld quarantine = quarantine("repositoryPath", "file://var/mail/kept/");

        assertThatThrownBy(() -> quarantine.service(mail)).hasMessageContaining("the disk is full");
        assertThat(mail.getState()).isNotEqualTo(Mail.GHOST);
    }

    @Test
    void theSenderShouldLearnThatAMailWaitsAndUntilWhen() throws Exception {
        MailImpl mail = mail(note("a@fern.example", Fate.DELAYED, ENCRYPT, "mx.fern.example[192.0.2.7]:25"));
        delay().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(only().message())
                .contains("Action: delayed", "Status: 4.7.4")
                .containsPattern("Will-Retry-Until: Sat, 6 Mar 2027 1[0-9]:00:00 ");
    }

    @Test
    void delaysShouldNotBeToldToWhomTheyDoNotMatter() throws Exception {
        MailImpl unwanted = mail(note("a@fern.example", Fate.DELAYED, ENCRYPT, "mx.fern.example[192.0.2.7]:25"));
        wish(unwanted, "a@fern.example", Notify.FAILURE);
        MailImpl senderless = mail(note("a@fern.example", Fate.DELAYED, ENCRYPT, "mx.fern.example[192.0.2.7]:25"));
        senderless.setSender(null);
        delay().service(unwanted);
        delay().service(senderless);

        assertThat(server.sent()).isEmpty();
        assertThat(List.of(unwanted.getState(), senderless.getState())).containsOnly(Mail.GHOST);
    }

    @Test
    void successShouldBeToldOnlyToWhomAskedForIt() throws Exception {
        RecipientNote relayed = note("a@fern.example", Fate.RELAYED, ENCRYPT, "mx.fern.example[192.0.2.7]:25");
        delay().service(mail(relayed));
        assertThat(server.sent()).isEmpty();

        MailImpl asked = mail(relayed);
        wish(asked, "a@fern.example", Notify.SUCCESS);
        delay().service(asked);

        assertThat(asked.getState()).isEqualTo(Mail.GHOST);
        assertThat(only().message())
                .contains("Action: relayed", "Subject: Passed on: your message is on its way")
                .doesNotContain("the body");
    }

    @Test
    void wrongParametersShouldStopTheStart() {
        Map.of("passThrough", "yes", "language", "Latin", "senderLanguages", "fern.example", "attachment", "message")
                .forEach((name, value) -> assertThatThrownBy(() -> bounce(name, value))
                        .as(name)
                        .isInstanceOf(MessagingException.class)
                        .hasMessageStartingWith("mailetcontainer.xml: BounceWithheld: unsupported "));
        assertThatThrownBy(this::quarantine).hasMessageContaining("unsupported repositoryPath");
        assertThatThrownBy(() -> quarantine("repository", "x")).hasMessageContaining("unsupported parameter");
    }
}
