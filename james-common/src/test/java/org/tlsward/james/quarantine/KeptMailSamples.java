/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;

/** Mail as it comes to a quarantine. */
final class KeptMailSamples {
    /** In Base64, whose last octet James' repository of files would lose. */
    static final String BODY = "dGhlIHNlY3JldCBib2R5IQ==\r\n";

    static final String SOURCE =
            "Message-ID: <7@klinik.example>\r\nFrom: clinician@klinik.example\r\nSubject: finding of patient 7\r\n"
                    + "X-Odd:  two  blanks\r\nContent-Transfer-Encoding: base64\r\n\r\n" + BODY;

    private KeptMailSamples() {}

    static MailImpl mail(String name, String... recipients) throws MessagingException {
        MailImpl mail = MailImpl.builder()
                .name(name)
                .sender("clinician@klinik.example")
                .addRecipients(recipients)
                .mimeMessage(message(SOURCE))
                .build();
        RecipientNotes.set(
                mail, List.of(recipients).stream().map(KeptMailSamples::note).toList());
        WardAttributes.setClasses(mail, Set.of("medical"));
        mail.setAttribute(new Attribute(WardAttributes.WITHHELD_REASON, AttributeValue.of("tls-not-offered")));
        mail.setAttribute(new Attribute(AttributeName.of("of.another"), AttributeValue.of(7)));
        return mail;
    }

    static MimeMessage message(String source) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)));
    }

    private static RecipientNote note(String recipient) {
        Requirement required = TlsLevel.ENCRYPT.requirement();
        return new RecipientNote(
                recipient,
                Optional.empty(),
                Fate.WITHHELD,
                Optional.of(Reason.TLS_NOT_OFFERED),
                "5.7.4",
                required,
                List.of(new Contribution(
                        Contribution.Source.RECIPIENT_CLASS,
                        "medical",
                        Optional.of(TlsLevel.ENCRYPT),
                        required,
                        Optional.empty())),
                Optional.of("mx.partner.example[192.0.2.7]:25"),
                "no STARTTLS",
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
