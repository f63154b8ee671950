/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The human part of a delivery status notification (RFC 3462 §1: the first part of a {@code multipart/report}) about mail that does
 * not travel: one understandable text for all recipients. Recipients with the same explanation stand together. Pure.
 *
 * @param kind what it is about
 * @param language of the sender
 * @param mail which mail; empty if the notice must not tell (a redacted one)
 * @param entries one for each recipient
 */
public record WithheldNotice(DsnKind kind, Language language, Optional<MailHint> mail, List<NoticeEntry> entries) {
    private static final int MOST_RECIPIENTS = 50;
    private static final int LONGEST_ADDRESS = 320;
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_REPLY = 500;

    /**
     * Helps the sender to tell which mail it was.
     *
     * @param subject as decoded text
     * @param arrived when we got it, in the time zone it is told in
     */
    public record MailHint(Optional<String> subject, ZonedDateTime arrived) {}

    /** Copies its arguments. */
    public WithheldNotice {
        entries = List.copyOf(entries);
    }

    /** The subject of the notification, in Unicode. Nothing of the mail is in it. */
    public String subject() {
        return phrases().say(kind.key() + ".subject");
    }

    /** The text: lines of at most 72 characters where words allow it, ended by LF. */
    public String text() {
        WrappedText text = new WrappedText();
        text.paragraph(phrases().say(kind.key() + ".intro"));
        mail.ifPresent(hint -> hint(text, hint));
        grouped().forEach((told, recipients) -> {
            text.blankLine();
            recipients(text, recipients);
            told.forEach(paragraph -> {
                text.blankLine();
                text.paragraph(paragraph);
            });
        });
        return text.toString();
    }

    private void hint(WrappedText text, MailHint hint) {
        text.blankLine();
        hint.subject()
                .map(subject -> CleanText.of(subject, LONGEST_SUBJECT))
                .ifPresent(subject -> text.paragraph(phrases().say("dsn.mail.subject", Map.of("subject", subject))));
        text.paragraph(phrases().say("dsn.mail.arrived", Map.of("arrived", Sentences.time(hint.arrived(), language))));
    }

    private void recipients(WrappedText text, List<String> recipients) {
        recipients.stream()
                .limit(MOST_RECIPIENTS)
                .forEach(recipient -> text.line("  " + CleanText.of(recipient, LONGEST_ADDRESS)));
        if (recipients.size() > MOST_RECIPIENTS) {
            String count = Integer.toString(recipients.size() - MOST_RECIPIENTS);
            text.line("  " + phrases().say("dsn.more", Map.of("count", count)));
        }
    }

    /** Recipients by the paragraphs that are told of them, in the order of their first. */
    private Map<List<String>, List<String>> grouped() {
        Map<List<String>, List<String>> groups = new LinkedHashMap<>();
        for (NoticeEntry entry : entries) {
            groups.computeIfAbsent(paragraphs(entry), told -> new ArrayList<>()).add(entry.recipient());
        }
        return groups;
    }

    private List<String> paragraphs(NoticeEntry entry) {
        if (entry instanceof NoticeEntry.Unmet unmet) {
            Explanation explanation = Sentences.explain(unmet.situation(), language);
            String admins = phrases()
                    .say(
                            "dsn.admins",
                            Map.of("reason", unmet.situation().reason().word(), "text", explanation.forAdmins()));
            return List.of(explanation.forPeople(), admins);
        }
        if (entry instanceof NoticeEntry.Refused refused) {
            String reply = CleanText.of(refused.reply(), LONGEST_REPLY);
            return with(phrases().say("dsn.refused", Map.of("reply", reply)), refused.tryUntil());
        }
        if (entry instanceof NoticeEntry.Relayed) {
            return List.of(phrases().say("dsn.relayed"));
        }
        NoticeEntry.Unreached unreached = (NoticeEntry.Unreached) entry;
        String seen = CleanText.of(unreached.seen(), LONGEST_REPLY);
        return with(phrases().say("dsn.unreached", Map.of("seen", seen)), unreached.tryUntil());
    }

    private List<String> with(String sentence, Optional<ZonedDateTime> tryUntil) {
        String until = tryUntil.map(
                        time -> " " + phrases().say("until", Map.of("until", Sentences.time(time, language))))
                .orElse("");
        return List.of(sentence + until);
    }

    private Phrases phrases() {
        return Phrases.in(language);
    }
}
