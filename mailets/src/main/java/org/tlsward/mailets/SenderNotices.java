/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.tlsward.explain.DsnKind;
import org.tlsward.explain.Language;
import org.tlsward.explain.LanguageRules;
import org.tlsward.explain.NoticeEntry;
import org.tlsward.explain.Situation;
import org.tlsward.explain.WithheldNotice;
import org.tlsward.explain.WithheldNotice.MailHint;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.StatusNotification;
import org.tlsward.james.WardAttributes;
import org.tlsward.outbound.HostName;
import org.tlsward.policy.Requirement;

/**
 * Tells senders what became of their mail. A notice about protected mail carries the requirement of that mail; along with it goes, as an
 * attribute, a redacted one, which is sent in its place if the full one may not travel (RULES §5).
 */
final class SenderNotices {
    private static final AttributeName REDACTED = AttributeName.of("tlsward.dsn.redacted");
    private static final AttributeName FOR_POSTMASTER = AttributeName.of("tlsward.postmaster");
    private static final int LONGEST_SUBJECT = 200;

    private final MailetContext context;
    private final LanguageRules languages;

    SenderNotices(MailetContext context, LanguageRules languages) {
        this.context = context;
        this.languages = languages;
    }

    /** Sends the notice about these recipients to the sender of the mail, which has one. */
    void send(Mail mail, DsnKind kind, List<RecipientNote> notes) throws MessagingException {
        String sender = mail.getMaybeSender().asString();
        Language language = languages.choose(sender, header(mail, "Accept-Language"), header(mail, "Content-Language"));
        Requirement required =
                notes.stream().map(RecipientNote::protection).reduce(Requirement.NOTHING, Requirement::join);
        MimeMessage redacted = message(mail, kind, notes, language, true);
        Requirement carried = carriedBy(required);
        if (required.isUnsatisfiable()) {
            submit(mail, redacted, Requirement.NOTHING, Optional.empty());
        } else {
            Optional<String> inReserve = carried.isEmpty() ? Optional.empty() : Optional.of(source(redacted));
            submit(mail, message(mail, kind, notes, language, false), carried, inReserve);
        }
    }

    /** What holds for another destination too; names and pins are those of the recipient's servers. */
    private static Requirement carriedBy(Requirement required) {
        if (required.isEmpty()) {
            return Requirement.NOTHING;
        }
        var carried = Requirement.builder().encrypted();
        required.minimum().ifPresent(carried::minimum);
        if (required.authenticated()
                || required.daneRequired()
                || required.names().isPresent()
                || required.pins().isPresent()) {
            carried.authenticated();
        }
        if (required.forwardSecrecy()) {
            carried.forwardSecrecy();
        }
        if (required.requireTls()) {
            carried.requireTls();
        }
        return carried.build();
    }

    /**
     * Sends the redacted notice in the place of a notice of ours that may not travel.
     *
     * @return false if this mail is no such notice
     */
    boolean sendRedactedInstead(Mail mail) throws MessagingException {
        Optional<String> redacted = AttributeUtils.getValueAndCastFromMail(mail, REDACTED, String.class);
        if (redacted.isEmpty()) {
            return false;
        }
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(redacted.get().getBytes(StandardCharsets.UTF_8)));
        submit(mail.getRecipients(), message, Requirement.NOTHING, Optional.empty());
        return true;
    }

    /** Tells the postmaster of a mail without a sender that is kept. */
    void tellPostmaster(Mail mail, List<RecipientNote> notes) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(context.getPostmaster().asString());
        message.setHeader("To", context.getPostmaster().asString());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSubject("TLS Ward: a mail without a sender was withheld", "UTF-8");
        StringBuilder text =
                new StringBuilder("The mail " + mail.getName() + " has no sender who could be told. It is kept.\n");
        notes.forEach(note -> text.append("\n")
                .append(note.recipient())
                .append(": ")
                .append(note.reason().map(reason -> reason.word() + ", ").orElse(""))
                .append(note.seen())
                .append("\n"));
        message.setText(text.toString(), "UTF-8");
        message.saveChanges();
        MailImpl notice = newMail(List.of(context.getPostmaster()), message);
        notice.setAttribute(new Attribute(FOR_POSTMASTER, AttributeValue.of("v1")));
        send(notice);
    }

    /** Sends a list of protected mail to an admin, and in its place one that names nobody if it may not travel. */
    void sendList(MailAddress admin, MimeMessage full, MimeMessage redacted, Requirement required)
            throws MessagingException {
        if (required.isUnsatisfiable()) {
            submit(List.of(admin), redacted, Requirement.NOTHING, Optional.empty());
        } else {
            Requirement carried = carriedBy(required);
            Optional<String> inReserve = carried.isEmpty() ? Optional.empty() : Optional.of(source(redacted));
            submit(List.of(admin), full, carried, inReserve);
        }
    }

    /** True for what {@link #tellPostmaster} wrote: if that cannot travel either, to tell of it would never end. */
    static boolean isForPostmaster(Mail mail) {
        return mail.getAttribute(FOR_POSTMASTER).isPresent();
    }

    private MimeMessage message(Mail mail, DsnKind kind, List<RecipientNote> notes, Language language, boolean redacted)
            throws MessagingException {
        ZoneId zone = ZoneId.systemDefault();
        ZonedDateTime arrived = WardAttributes.arrival(mail)
                .or(() -> Optional.ofNullable(mail.getLastUpdated()).map(Date::toInstant))
                .orElseGet(Instant::now)
                .atZone(zone);
        Optional<MailHint> hint = redacted
                ? Optional.empty()
                : Optional.of(new MailHint(Optional.ofNullable(mail.getMessage().getSubject()), arrived));
        WithheldNotice notice = new WithheldNotice(
                kind,
                language,
                hint,
                notes.stream().map(note -> entry(note, zone)).toList());
        return new StatusNotification(
                        HostName.ofThisMachine(),
                        context.getPostmaster().asString(),
                        mail.getMaybeSender().asString(),
                        notice.subject(),
                        notice.text(),
                        mail.dsnParameters()
                                .flatMap(DsnParameters::getEnvIdParameter)
                                // RFC 3464 §2.2.1: decoded
                                .map(id -> DsnParameters.XText.decode(id.asString())),
                        arrived.toInstant(),
                        notes)
                .message(mail.getMessage(), redacted);
    }

    private static NoticeEntry entry(RecipientNote note, ZoneId zone) {
        Optional<ZonedDateTime> until = note.retryUntil().map(instant -> instant.atZone(zone));
        Optional<Situation> situation = note.situation(until);
        if (situation.isPresent()) {
            return new NoticeEntry.Unmet(note.recipient(), situation.get());
        }
        if (note.fate() == Fate.RELAYED) {
            return new NoticeEntry.Relayed(note.recipient());
        }
        return note.reply()
                .<NoticeEntry>map(reply -> new NoticeEntry.Refused(note.recipient(), reply, until))
                .orElseGet(() -> new NoticeEntry.Unreached(note.recipient(), note.seen(), until));
    }

    private void submit(Mail about, MimeMessage message, Requirement carried, Optional<String> inReserve)
            throws MessagingException {
        submit(List.of(about.getMaybeSender().get()), message, carried, inReserve);
    }

    /** A new mail from nobody (RFC 3464 §2), through root as any other. */
    private void submit(
            Collection<MailAddress> recipients, MimeMessage message, Requirement carried, Optional<String> inReserve)
            throws MessagingException {
        MailImpl mail = newMail(recipients, message);
        if (!carried.isEmpty()) {
            WardAttributes.setRequirement(mail, carried);
        }
        inReserve.ifPresent(source -> mail.setAttribute(new Attribute(REDACTED, AttributeValue.of(source))));
        send(mail);
    }

    private static MailImpl newMail(Collection<MailAddress> recipients, MimeMessage message) throws MessagingException {
        return MailImpl.builder()
                .name(MailImpl.getId())
                .sender(MaybeSender.nullSender())
                .addRecipients(recipients)
                .mimeMessage(message)
                .build();
    }

    private void send(MailImpl mail) throws MessagingException {
        try {
            context.sendMail(mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private static String source(MimeMessage message) throws MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            throw new MessagingException("the notice cannot be written", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Optional<String> header(Mail mail, String name) throws MessagingException {
        String[] values = mail.getMessage().getHeader(name);
        return values == null || values.length == 0 || values[0].length() > LONGEST_SUBJECT
                ? Optional.empty()
                : Optional.of(values[0]);
    }
}
