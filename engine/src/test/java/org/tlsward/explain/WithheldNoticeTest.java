/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tlsward.explain.WithheldNotice.MailHint;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;

class WithheldNoticeTest {
    private static final Situation NO_TLS = Situations.tlsNotOffered(Optional.empty());

    @Test
    void itShouldTellEachRecipientWhyAndPutEqualOnesTogether() {
        Situation expired =
                Situations.of(Reason.CERTIFICATE_EXPIRED, TlsLevel.VERIFY.requirement(), Source.DESTINATION);
        WithheldNotice notice = new WithheldNotice(
                DsnKind.WITHHELD,
                Language.EN,
                Optional.of(new MailHint(Optional.of("Befund"), Situations.TOMORROW)),
                List.of(
                        new NoticeEntry.Unmet("a@partner.example", NO_TLS),
                        new NoticeEntry.Unmet("b@other.example", expired),
                        new NoticeEntry.Unmet("c@partner.example", NO_TLS)));
        assertThat(notice.subject()).isEqualTo("Not delivered: no secure way to the recipient");
        assertThat(notice.text())
                .startsWith(
                        """
                        Your message was not sent to the recipients below, not even unsecured.
                        Other recipients are not affected. Beside each it says why, and what you
                        can do.

                        Subject: Befund
                        Received: 2026-11-23 16:05 (UTC+01:00)

                          a@partner.example
                          c@partner.example

                        This message may only travel encrypted, because the recipient belongs to
                        the group "medical". But the mail server of partner.example does not
                        take encrypted messages. Only the recipient's IT staff can mend this:
                        please pass the technical note on to the recipient, and use another way
                        until then. What you can do instead: Call us

                        Technical note (tls-not-offered): mx.partner.example does not offer
                        STARTTLS, or refuses it (no STARTTLS in the EHLO reply). Please enable
                        STARTTLS on port 25, with TLS 1.2 or newer. Required: encrypted. Rules:
                        recipient-class medical (encrypt).

                          b@other.example

                        This message may only travel encrypted, and only to a mail server that
                        proves who it is, because that is the rule for recipients at "medical".
                        """);
    }

    @Test
    void theSentencesShouldBeThoseOfTheExplanationWordForWord() {
        for (Language language : Language.values()) {
            String text = notice(language, DsnKind.WITHHELD, new NoticeEntry.Unmet("a@partner.example", NO_TLS));
            Explanation explanation = Sentences.explain(NO_TLS, language);
            assertThat(text.replace('\n', ' ')).contains(explanation.forPeople(), explanation.forAdmins());
        }
    }

    @Test
    void aRejectedMailShouldQuoteTheOtherServer() {
        assertThat(notice(
                                Language.FR,
                                DsnKind.REJECTED,
                                new NoticeEntry.Refused("a@partner.example", "550 5.1.1\r\nunknown", Optional.empty()))
                        .replace('\n', ' '))
                .contains("Sa réponse : 550 5.1.1  unknown ")
                .doesNotContain("jusqu'au");
    }

    @Test
    void aDelayedMailShouldSayUntilWhen() {
        Optional<java.time.ZonedDateTime> until = Optional.of(Situations.TOMORROW);
        WithheldNotice notice = new WithheldNotice(
                DsnKind.DELAYED,
                Language.DE,
                Optional.empty(),
                List.of(
                        new NoticeEntry.Unmet("a@partner.example", Situations.tlsNotOffered(until)),
                        new NoticeEntry.Unreached("b@other.example", "connection timed out", until),
                        new NoticeEntry.Refused("c@other.example", "451 4.7.1 greylisted", until)));
        assertThat(notice.subject()).isEqualTo("Noch nicht zugestellt: Ihre Nachricht wartet");
        assertThat(notice.text().replace('\n', ' ').split("bis 23.11.2026, 16:05 Uhr", -1))
                .hasSize(4);
    }

    @Test
    void aRedactedNoticeShouldNotTellTheSubject() {
        assertThat(notice(Language.DE, DsnKind.WITHHELD, new NoticeEntry.Unmet("a@partner.example", NO_TLS)))
                .doesNotContain("Betreff", "Eingegangen");
    }

    @Test
    void manyRecipientsShouldNotMakeItEndless() {
        List<NoticeEntry> many = IntStream.range(0, 5000)
                .mapToObj(number -> (NoticeEntry) new NoticeEntry.Unmet("r" + number + "@partner.example", NO_TLS))
                .toList();
        String text = new WithheldNotice(DsnKind.WITHHELD, Language.EN, Optional.empty(), many).text();
        assertThat(text).contains("  r49@partner.example\n  and 4950 more\n").doesNotContain("r50@");
    }

    @Property(tries = 200)
    void strangersShouldMakeNeitherLinesNorLongOnes(
            @ForAll String recipient, @ForAll String subject, @ForAll String reply) {
        WithheldNotice notice = new WithheldNotice(
                DsnKind.REJECTED,
                Language.EN,
                Optional.of(new MailHint(Optional.of(subject + "x".repeat(2000)), Situations.TOMORROW)),
                List.of(new NoticeEntry.Refused(recipient, reply + "y".repeat(2000), Optional.empty())));
        assertThat(notice.subject()).isEqualTo("Not delivered: your message was not accepted");
        for (String line : notice.text().lines().toList()) {
            // RFC 5322 §2.1.1
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(998);
            assertThat(line.chars()).noneMatch(Character::isISOControl);
        }
    }

    private static String notice(Language language, DsnKind kind, NoticeEntry entry) {
        return new WithheldNotice(kind, language, Optional.empty(), List.of(entry)).text();
    }
}
