/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.explain.Explanation;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.explain.Situation;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.RecipientNotes;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;

/** The notice that is really sent, by mail and through the notes that it is made of, has the words of {@code tlsward explain}. */
class EveryReasonNoticeTest {
    private static final Requirement ENCRYPT = TlsLevel.ENCRYPT.requirement();

    @TempDir
    Path root;

    static Stream<Arguments> everyReasonInEveryLanguage() {
        return Arrays.stream(Reason.values())
                .flatMap(reason -> Arrays.stream(Language.values()).map(language -> Arguments.of(reason, language)));
    }

    @ParameterizedTest
    @MethodSource("everyReasonInEveryLanguage")
    void noticeShouldHaveTheWords(Reason reason, Language language) throws Exception {
        FakeServer server = new FakeServer(root, "");
        List<Contribution> rules = List.of(new Contribution(
                Source.RECIPIENT_CLASS, "medical", Optional.of(TlsLevel.ENCRYPT), ENCRYPT, Optional.empty()));
        MailImpl mail = FakeServer.mail("mail", "praxis@partner.example");
        RecipientNotes.set(mail, List.of(note(reason, rules)));
        BounceWithheld bounce = new BounceWithheld();
        bounce.init(server.config("BounceWithheld", "language", language.code()).build());

        bounce.service(mail);

        Situation situation = new Situation(
                "partner.example",
                Optional.of("mx.partner.example"),
                reason,
                "what was seen",
                ENCRYPT,
                rules,
                List.of(),
                Optional.empty());
        Explanation words = Sentences.explain(situation, language);
        assertThat(text(server.sent().get(0).message())).contains(words.forPeople(), words.forAdmins());
    }

    private static RecipientNote note(Reason reason, List<Contribution> rules) {
        return new RecipientNote(
                "praxis@partner.example",
                Optional.empty(),
                Fate.WITHHELD,
                Optional.of(reason),
                reason.finalStatus(),
                ENCRYPT,
                rules,
                Optional.of("mx.partner.example[192.0.2.7]:25"),
                "what was seen",
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** As a mail program shows it, without line breaks. */
    private static String text(String source) throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(source.getBytes(StandardCharsets.ISO_8859_1)));
        MimeMultipart parts = (MimeMultipart) message.getContent();
        return parts.getBodyPart(0).getContent().toString().replaceAll("\\s+", " ");
    }
}
