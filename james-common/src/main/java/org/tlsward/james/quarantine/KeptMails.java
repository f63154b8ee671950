/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.quarantine.KeptMail.Envelope;
import org.tlsward.james.quarantine.KeptMail.Why;
import org.tlsward.policy.Requirement;

/** Turns mail of a shelf into what an operator sees. Opens the message only where an older version left nothing else. */
final class KeptMails {
    private KeptMails() {}

    static KeptMail of(String id, String repository, Mail mail, Duration keep, Instant now) {
        Optional<KeptNote> note = KeptNote.read(mail);
        return new KeptMail(
                id,
                repository,
                new Envelope(
                        mail.getMaybeSender()
                                .asOptional()
                                .map(MailAddress::asString)
                                .orElse(""),
                        mail.getRecipients().stream().map(MailAddress::asString).toList()),
                note.isPresent() ? note.get().subject() : KeptNote.subject(mail),
                why(mail),
                note.map(KeptNote::withheldAt),
                // Nobody knows how long it has lain here: it stays until somebody decides.
                note.map(some -> some.withheldAt().plus(keep)),
                note.map(KeptNote::size).orElseGet(() -> KeptNote.size(mail)),
                PendingOverride.read(mail, now));
    }

    /** A mail that is there and cannot be read now. */
    static KeptMail unreadable(String id, String repository, String what) {
        return new KeptMail(
                id,
                repository,
                new Envelope("", List.of()),
                Optional.empty(),
                new Why("", what, List.of(), Set.of(), Requirement.NOTHING),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    /** What a notice to the sender says of each recipient; what James says of it where it came here by another way. */
    static List<RecipientNote> notes(Mail mail) {
        List<RecipientNote> notes = RecipientNotes.get(mail);
        if (!notes.isEmpty()) {
            return notes;
        }
        String error = Optional.ofNullable(mail.getErrorMessage()).orElse("not delivered");
        return mail.getRecipients().stream()
                .map(recipient -> RecipientNote.rejected(recipient.asString(), error, WardAttributes.marked(mail)))
                .toList();
    }

    static Why why(Mail mail) {
        List<RecipientNote> notes = RecipientNotes.get(mail);
        String word = text(mail, WardAttributes.WITHHELD_REASON)
                .or(() -> notes.stream()
                        .flatMap(note -> note.reason().stream())
                        .findFirst()
                        .map(reason -> reason.word()))
                .orElse("");
        String sentence = text(mail, WardAttributes.WITHHELD_EXPLANATION)
                .or(() -> Optional.ofNullable(mail.getErrorMessage()))
                .orElse("");
        return new Why(word, sentence, notes, WardAttributes.classes(mail), WardAttributes.marked(mail));
    }

    private static Optional<String> text(Mail mail, AttributeName name) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, String.class);
    }
}
