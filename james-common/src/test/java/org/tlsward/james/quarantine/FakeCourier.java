/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.tlsward.james.RecipientNote;
import org.tlsward.policy.Requirement;

/** Remembers what it takes away. */
class FakeCourier implements Courier {
    /** What the admin was sent. */
    record Told(String address, String full, String redacted, Requirement required) {}

    final List<Mail> relayed = Collections.synchronizedList(new ArrayList<>());
    final List<String> sources = Collections.synchronizedList(new ArrayList<>());
    final List<String> returned = Collections.synchronizedList(new ArrayList<>());
    final List<Told> told = new ArrayList<>();
    final List<String> steps;
    boolean spoolIsFull;
    boolean somebodyIsTold = true;

    FakeCourier(List<String> steps) {
        this.steps = steps;
    }

    @Override
    public void relay(Mail mail) throws MessagingException {
        if (spoolIsFull) {
            throw new MessagingException("the spool is full");
        }
        steps.add("relay");
        sources.add(source(mail.getMessage()));
        MailImpl taken = MailImpl.duplicate(mail);
        taken.setName(mail.getName());
        relayed.add(taken);
    }

    @Override
    public boolean tellSender(Mail mail, List<RecipientNote> notes) {
        steps.add("tell");
        returned.add(mail.getName() + " " + notes.get(0).recipient());
        return somebodyIsTold;
    }

    @Override
    public void tellAdmin(String address, MimeMessage full, MimeMessage redacted, Requirement required)
            throws MessagingException {
        told.add(new Told(address, readable(full), readable(redacted), required));
    }

    @Override
    public String postmaster() {
        return "postmaster@klinik.example";
    }

    private static String readable(MimeMessage message) throws MessagingException {
        try {
            return source(message) + String.valueOf(message.getContent()).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new MessagingException("cannot be read", e);
        }
    }

    static String source(MimeMessage message) throws MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            throw new MessagingException("cannot be written", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
