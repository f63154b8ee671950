/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The list of withheld mail that an admin gets every day: how many, and a line for each. Never a subject or a body. Pure.
 *
 * @param counts how many
 * @param lines one for each mail, the latest first
 * @param languages one after the other; at least one
 */
public record QuarantineDigest(Counts counts, List<Line> lines, List<Language> languages) {
    private static final int MOST_LINES = 500;
    private static final int LONGEST = 320;

    /**
     * How many mails.
     *
     * @param kept lie in the quarantine
     * @param fresh came since yesterday
     * @param waiting wait for a second person
     * @param expired went back to their senders because they had lain too long
     */
    public record Counts(int kept, int fresh, int waiting, int expired) {}

    /**
     * One mail.
     *
     * @param since when it was withheld, for people
     * @param reason the stable word
     * @param sender as much of it as the configuration wants
     * @param recipient as the sender
     */
    public record Line(String since, String reason, String sender, String recipient) {}

    /** Copies its arguments. */
    public QuarantineDigest {
        lines = List.copyOf(lines);
        languages = List.copyOf(languages);
    }

    /** The subject, in the first language. */
    public String subject() {
        return Phrases.in(languages.get(0)).say("digest.subject", Map.of("count", Integer.toString(counts.kept())));
    }

    /** With a line for each mail. */
    public String text() {
        List<String> all = new ArrayList<>();
        all.add(redacted());
        lines.stream().limit(MOST_LINES).map(QuarantineDigest::line).forEach(all::add);
        if (lines.size() > MOST_LINES) {
            all.add(Phrases.in(languages.get(0))
                    .say("dsn.more", Map.of("count", Integer.toString(lines.size() - MOST_LINES))));
        }
        return String.join("\n", all) + "\n";
    }

    /** Numbers only: nobody is named. */
    public String redacted() {
        return languages.stream().map(this::summary).collect(Collectors.joining("\n"));
    }

    private String summary(Language language) {
        Phrases phrases = Phrases.in(language);
        WrappedText text = new WrappedText();
        text.paragraph(phrases.say(
                "digest.counts",
                Map.of(
                        "count", Integer.toString(counts.kept()),
                        "fresh", Integer.toString(counts.fresh()),
                        "waiting", Integer.toString(counts.waiting()),
                        "expired", Integer.toString(counts.expired()))));
        text.paragraph(phrases.say("digest.todo"));
        return text.toString();
    }

    private static String line(Line line) {
        return CleanText.of(
                line.since() + "  " + line.reason() + "  " + line.sender() + " -> " + line.recipient(), LONGEST);
    }
}
