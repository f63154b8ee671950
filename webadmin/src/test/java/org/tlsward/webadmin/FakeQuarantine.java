/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.mailrepository.memory.MemoryMailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.quarantine.Courier;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.james.quarantine.Shelf;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;

/** A quarantine with one shelf, and what left it. */
final class FakeQuarantine implements Courier {
    static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    static final String HOSTILE = "<script>alert(1)</script>\u202e";

    final List<EvidenceAction> done = new ArrayList<>();
    final List<String> relayed = new ArrayList<>();
    final List<String> returned = new ArrayList<>();
    final MemoryMailRepository mails = new MemoryMailRepository();
    final Shelf shelf = new Shelf("memory://var/mail/tls-withheld/", mails, this);
    final Quarantine quarantine;
    boolean fourEyes = true;

    FakeQuarantine() {
        QuarantineSettings usual = QuarantineSettings.DEFAULT;
        quarantine = new Quarantine(new Quarantine.Surroundings(
                () -> new QuarantineSettings(
                        usual.keep(),
                        fourEyes,
                        usual.digest(),
                        usual.digestTo(),
                        usual.fullAddresses(),
                        usual.languages(),
                        usual.key()),
                done::addAll,
                Clock.fixed(NOW, ZoneOffset.UTC)));
        quarantine.add(shelf);
    }

    /** Puts the one mail there that a route asks for. */
    String only(boolean pending) throws Exception {
        mails.removeAll();
        String id = keep("kept", "arzt@partner.example");
        if (pending) {
            quarantine.override(id, "boris", "he waits in the theatre", TlsLevel.MAY);
        }
        return id;
    }

    String keep(String name, String recipient) throws Exception {
        MailImpl mail = MailImpl.builder()
                .name(name)
                .sender("clinician@klinik.example")
                .addRecipient(recipient)
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(("Message-ID: <1@klinik.example>\r\nSubject: " + HOSTILE
                                        + "\r\nX-Hostile: " + HOSTILE + "\r\n\r\nsecret body")
                                .getBytes(StandardCharsets.UTF_8))))
                .build();
        RecipientNotes.set(mail, List.of(note(recipient)));
        quarantine.keep(shelf, mail);
        return quarantine.list(Optional.empty(), Optional.empty(), 1000).stream()
                .filter(kept -> kept.id().endsWith("-" + name))
                .findFirst()
                .orElseThrow()
                .id();
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

    @Override
    public void relay(Mail mail) {
        relayed.add(mail.getName());
    }

    @Override
    public boolean tellSender(Mail mail, List<RecipientNote> notes) {
        returned.add(mail.getName());
        return true;
    }

    @Override
    public void tellAdmin(String address, MimeMessage full, MimeMessage redacted, Requirement required) {
        throw new UnsupportedOperationException(address);
    }

    @Override
    public String postmaster() {
        return "postmaster@klinik.example";
    }
}
