/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.SessionAttribute;
import org.tlsward.james.WaitingNote;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.TlsLevel;

/** Attributes of mail that waits or is kept, and a sealed mail, as an earlier release has stored them. */
class StoredMailTest {
    private static final Path STORED = Path.of("src", "test", "resources", "stored", "0.1", "mail");
    private static final Path ATTRIBUTES = STORED.resolve("attributes.txt");
    private static final Path SEALED = STORED.resolve("sealed.eml");
    private static final AttributeName SEAL = AttributeName.of("tlsward.sealed");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** The key of the sealed sample is made of this, which is the secret of nobody. */
    private static final String PASSPHRASE = "a constant of a test that seals nothing";

    @TempDir
    Path directory;

    private SealKeys keys() throws Exception {
        byte[] key = MessageDigest.getInstance("SHA-256").digest(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        Path file = directory.resolve("quarantine.key");
        Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
        return SealKeys.read(file);
    }

    private static MailImpl sample() throws MessagingException {
        MailImpl mail = KeptMailSamples.mail("mail", "arzt@partner.example");
        mail.removeAttribute(AttributeName.of("of.another"));
        SessionAttribute.set(mail, Optional.of(new SessionTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty())));
        WardAttributes.setRequirement(mail, TlsLevel.ENCRYPT.requirement());
        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);
        WardAttributes.setArrivalOnce(mail, NOON);
        new WaitingNote(NOON, NOON.plusSeconds(60), 2, 1, "v1;encrypted", List.of("medical"), "no STARTTLS")
                .write(mail);
        PendingOverride pending = new PendingOverride("anna", NOON, "theatre", TlsLevel.MAY);
        pending.write(mail);
        ReleaseMark.write(mail, "anna, confirmed by boris", pending);
        KeptNote.of(mail, NOON).write(mail);
        return mail;
    }

    @Test
    @EnabledIfSystemProperty(named = "tlsward.samples", matches = "write")
    void make() throws Exception {
        Files.createDirectories(STORED);
        MailImpl mail = sample();
        Mail sealed = SealedMail.of(mail, keys());
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        sealed.getMessage().writeTo(source);
        Files.write(SEALED, source.toByteArray());
        sealed.getAttribute(SEAL).ifPresent(mail::setAttribute);
        StringBuilder lines = new StringBuilder();
        mail.attributes()
                .map(each -> each.getName().asString() + " " + each.getValue().getValue() + "\n")
                .sorted()
                .forEach(lines::append);
        Files.writeString(ATTRIBUTES, lines);
    }

    private static Map<String, String> stored() throws IOException {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(ATTRIBUTES)) {
            attributes.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return attributes;
    }

    /** With the attributes of the sample, those that we version as if they were of that version. */
    private static MailImpl mail(String version) throws Exception {
        MailImpl mail = MailImpl.builder()
                .name("mail")
                .sender("clinician@klinik.example")
                .addRecipient("arzt@partner.example")
                .mimeMessage(KeptMailSamples.message(KeptMailSamples.SOURCE))
                .build();
        stored().forEach((name, value) -> mail.setAttribute(
                new Attribute(AttributeName.of(name), AttributeValue.of(value.replaceFirst("^v1", version)))));
        mail.removeAttribute(SEAL);
        return mail;
    }

    @Test
    void everyAttributeShouldBeRead() throws Exception {
        MailImpl mail = mail("v1");

        assertThat(SessionAttribute.get(mail).map(SessionTls::protocol)).contains("TLSv1.3");
        assertThat(WardAttributes.marked(mail))
                .isEqualTo(TlsLevel.ENCRYPT
                        .requirement()
                        .join(Requirement.builder().requireTls().build()));
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.REQUIRED);
        assertThat(WardAttributes.classes(mail)).isEqualTo(Set.of("medical"));
        assertThat(WardAttributes.arrival(mail)).contains(NOON);
        assertThat(WaitingNote.of(mail))
                .hasValueSatisfying(note -> assertThat(note.tries()).isEqualTo(2));
        assertThat(RecipientNotes.get(mail))
                .isEqualTo(RecipientNotes.get(sample()))
                .hasSize(1);
        assertThat(KeptNote.read(mail))
                .hasValueSatisfying(note -> assertThat(note.withheldAt()).isEqualTo(NOON));
        assertThat(PendingOverride.read(mail, NOON))
                .hasValueSatisfying(pending -> assertThat(pending.why()).isEqualTo("theatre"));
        assertThat(ReleaseMark.of(mail, new MailAddress("arzt@partner.example")))
                .hasValueSatisfying(override -> assertThat(override.level()).isEqualTo(TlsLevel.MAY));
    }

    /** What demands counts as the strictest, what allows or informs as absent. */
    @Test
    void attributesOfANewerVersionShouldAllowNothing() throws Exception {
        MailImpl mail = mail("v2");

        assertThat(SessionAttribute.get(mail)).as("cleartext").isEmpty();
        assertThat(WardAttributes.marked(mail).isUnsatisfiable()).isTrue();
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.REQUIRED);
        assertThat(ReleaseMark.of(mail, new MailAddress("arzt@partner.example")))
                .isEmpty();
        assertThat(PendingOverride.read(mail, NOON)).isEmpty();
        assertThat(WardAttributes.classes(mail)).isEmpty();
        assertThat(WardAttributes.arrival(mail)).isEmpty();
        assertThat(WaitingNote.of(mail)).isEmpty();
        assertThat(RecipientNotes.get(mail)).isEmpty();
        assertThat(KeptNote.read(mail)).isEmpty();
    }

    private MailImpl sealed(String version) throws Exception {
        MailImpl sealed = MailImpl.builder()
                .name("mail")
                .addRecipient("sealed@tlsward.invalid")
                .mimeMessage(KeptMailSamples.message(Files.readString(SEALED, StandardCharsets.US_ASCII)))
                .build();
        sealed.setAttribute(new Attribute(
                SEAL, AttributeValue.of(stored().get(SEAL.asString()).replaceFirst("^v1", version))));
        return sealed;
    }

    @Test
    void sealedMailShouldBeOpened() throws Exception {
        MailImpl open = SealedMail.open(sealed("v1"), keys(), true);

        assertThat(open.getMaybeSender().asString()).isEqualTo("clinician@klinik.example");
        assertThat(open.getMessage().getHeader("Message-ID")).containsExactly("<7@klinik.example>");
        assertThat(RecipientNotes.get(open)).hasSize(1);
    }

    /** Taken for one that is not sealed it would go to sealed@tlsward.invalid, and be lost. */
    @Test
    void sealedMailOfANewerVersionShouldStayWhereItIs() throws Exception {
        MailImpl sealed = sealed("v2");
        Path file = directory.resolve("quarantine.key");
        SealKeys keys = keys();
        Seal seal = new Seal(() -> Optional.of(file));

        assertThat(SealedMail.isSealed(sealed)).isTrue();
        assertThatThrownBy(() -> SealedMail.open(sealed, keys, true)).hasMessageContaining("not sealed in version 1");
        assertThatThrownBy(() -> seal.open(sealed)).hasMessageContaining("not sealed in version 1");
        assertThatThrownBy(() -> seal.openEnvelope(sealed)).isInstanceOf(MessagingException.class);
    }
}
