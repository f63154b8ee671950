/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.collect.Sets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.explain.DsnKind;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;

/**
 * Tells the sender, in plain words and in the sender's language, that a mail did not travel and why: a delivery status notification
 * (RFC 3464) with the header of the mail at most. For mail that was withheld, and for mail that a server refused.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.BounceWithheld"&gt;
 *   &lt;passThrough&gt;true&lt;/passThrough&gt;          &lt;!-- and go on, to the quarantine --&gt;
 *   &lt;defaultLanguage&gt;de&lt;/defaultLanguage&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>{@code passThrough}: {@code true} to go on with the next mailet; default {@code false}: the mail ends here.
 *   <li>{@code language}: one for everybody. {@code senderLanguages}: by domain, {@code fern.example=fr, nah.example=de}.
 *       {@code defaultLanguage}: where neither these nor the mail's {@code Accept-Language} and {@code Content-Language} say one; {@code de},
 *       {@code en} or {@code fr}, default {@code en}.
 * </ul>
 *
 * <p>What nobody can be told of goes on in any case, to be kept: mail without a sender, and mail whose sender wants no notice
 * (NOTIFY=NEVER). Of the former the postmaster learns. A notice of ours that may not travel is sent once more, redacted.
 */
public class BounceWithheld extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(BounceWithheld.class);

    private SenderNotices notices;
    private boolean passThrough;

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(getMailetConfig(), Sets.union(NoticeParameters.LANGUAGE, Set.of("passThrough")));
        String value = getInitParameter("passThrough", "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw NoticeParameters.unsupported(getMailetConfig(), "passThrough", value, "true, false");
        }
        passThrough = value.equals("true");
        notices = new SenderNotices(getMailetContext(), NoticeParameters.languages(getMailetConfig()));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        if (notices.sendRedactedInstead(mail)) {
            mail.setState(Mail.GHOST);
            return;
        }
        List<RecipientNote> notes = notesOf(mail);
        if (mail.getMaybeSender().isNullSender()) {
            withoutSender(mail, notes);
            return;
        }
        List<RecipientNote> wanted = wanted(mail, notes);
        if (!wanted.isEmpty()) {
            notices.send(mail, kind(wanted), wanted);
        }
        if (!passThrough && wanted.size() == notes.size()) {
            mail.setState(Mail.GHOST);
        }
    }

    private void withoutSender(Mail mail, List<RecipientNote> notes) throws MessagingException {
        boolean sensitive = notes.stream().map(RecipientNote::protection).anyMatch(required -> !required.isEmpty());
        if (SenderNotices.isForPostmaster(mail)) {
            LOGGER.error("{} cannot be sent to the postmaster: {}", mail.getName(), mail.getErrorMessage());
        } else if (sensitive) {
            notices.tellPostmaster(mail, notes);
        } else if (!passThrough) {
            LOGGER.info("{} is a notice that nobody takes: {}", mail.getName(), mail.getErrorMessage());
            mail.setState(Mail.GHOST); // RFC 5321 §6.1: no notice about a notice
        }
    }

    /** The notes of the mail, or of what James says about it where it came here by another way. */
    private static List<RecipientNote> notesOf(Mail mail) {
        List<RecipientNote> notes = RecipientNotes.get(mail);
        if (!notes.isEmpty()) {
            return notes;
        }
        String error = Optional.ofNullable(mail.getErrorMessage()).orElse("refused");
        return mail.getRecipients().stream()
                .map(recipient -> RecipientNote.rejected(recipient.asString(), error, WardAttributes.marked(mail)))
                .toList();
    }

    /** RFC 3461 §4.1: a sender who said NOTIFY wants what is listed there; who did not say wants to know of failures. */
    private static boolean wants(Mail mail, RecipientNote note) {
        return notify(mail, note).map(set -> set.contains(Notify.FAILURE)).orElse(true);
    }

    static Optional<Set<Notify>> notify(Mail mail, RecipientNote note) {
        return mail.dsnParameters().map(DsnParameters::getRcptParameters).flatMap(all -> all.entrySet().stream()
                .filter(entry -> is(entry.getKey(), note))
                .map(java.util.Map.Entry::getValue)
                .map(RecipientDsnParameters::getNotifyParameter)
                .flatMap(Optional::stream)
                .<Set<Notify>>map(set -> set)
                .findFirst());
    }

    private static boolean is(MailAddress address, RecipientNote note) {
        return address.asString().equalsIgnoreCase(note.recipient());
    }

    /** Those of whom the sender wants to be told. */
    static List<RecipientNote> wanted(Mail mail, List<RecipientNote> notes) {
        return notes.stream().filter(note -> wants(mail, note)).toList();
    }

    static DsnKind kind(List<RecipientNote> notes) {
        return notes.stream().anyMatch(note -> note.fate() == Fate.WITHHELD) ? DsnKind.WITHHELD : DsnKind.REJECTED;
    }
}
