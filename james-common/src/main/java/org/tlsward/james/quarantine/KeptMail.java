/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.explain.Explanation;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.james.RecipientNote;
import org.tlsward.policy.Requirement;

/**
 * A mail of the quarantine, as an operator sees it. Nothing of its body.
 *
 * @param id by which the operator names it
 * @param repository where it lies
 * @param envelope from whom and for whom
 * @param subject as decoded text, on one line
 * @param why it is kept
 * @param withheldAt since when; empty if an older version kept it and nobody knows
 * @param expires when it goes back to its sender by itself; empty if never
 * @param size of the message in octets
 * @param pending an override that waits for a second person
 */
public record KeptMail(
        String id,
        String repository,
        Envelope envelope,
        Optional<String> subject,
        Why why,
        Optional<Instant> withheldAt,
        Optional<Instant> expires,
        long size,
        Optional<PendingOverride> pending) {

    /** From whom and for whom; an empty sender is the null sender. */
    public record Envelope(String sender, List<String> recipients) {
        /** Copies its arguments. */
        public Envelope {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * Why a mail is kept.
     *
     * @param word the stable word of the reason; empty if it lies here for another reason
     * @param sentence in technical words, as it was kept
     * @param notes for each recipient
     * @param classes that have a say
     * @param marked what the mail itself says that it needs
     */
    public record Why(
            String word, String sentence, List<RecipientNote> notes, Set<String> classes, Requirement marked) {
        /** Copies its arguments. */
        public Why {
            notes = List.copyOf(notes);
            classes = Set.copyOf(classes);
        }

        /** Everything that was required for any recipient, lowered or not. */
        public Requirement required() {
            return notes.stream().map(RecipientNote::protection).reduce(marked, Requirement::join);
        }

        /** In the language of whoever asks; empty if the requirement was not the obstacle. */
        public Optional<Explanation> explained(Language language) {
            return notes.stream()
                    .flatMap(note -> note.situation(Optional.empty()).stream())
                    .findFirst()
                    .map(situation -> Sentences.explain(situation, language));
        }
    }

    /** A field of its header, as it stands there. */
    public record HeaderField(String name, String value) {}

    /** True if only its name is known: it is sealed, and there is no key. */
    boolean isUnreadable() {
        return envelope.recipients().isEmpty();
    }

    /** True if a recipient is in that domain. */
    boolean isFor(String domain) {
        return envelope.recipients().stream().map(Addresses::domain).anyMatch(domain::equals);
    }
}
