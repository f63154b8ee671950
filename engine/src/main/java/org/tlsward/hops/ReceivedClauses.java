/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tlsward.hops.ReceivedTokens.Comment;
import org.tlsward.hops.ReceivedTokens.Semicolon;
import org.tlsward.hops.ReceivedTokens.Token;
import org.tlsward.hops.ReceivedTokens.Word;

/** The clauses of a {@code Received} line (RFC 5321 §4.4), each with its words and the comments behind them. */
final class ReceivedClauses {
    /** What a clause begins with. */
    enum Kind {
        /** Comments before the first keyword: qmail has nothing else. */
        START,
        FROM,
        BY,
        VIA,
        WITH,
        ID,
        FOR,
        /** Not in the RFC: Exim and Haraka name the cipher suite there. */
        TLS,
        DATE;

        private static Optional<Kind> of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "from" -> Optional.of(FROM);
                case "by" -> Optional.of(BY);
                case "via" -> Optional.of(VIA);
                case "with" -> Optional.of(WITH);
                case "id" -> Optional.of(ID);
                case "for" -> Optional.of(FOR);
                case "tls" -> Optional.of(TLS);
                default -> Optional.empty();
            };
        }
    }

    /** One clause. */
    record Clause(List<String> words, List<String> comments) {
        private Clause() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Optional<String> word() {
            return words.stream().findFirst();
        }
    }

    private final Map<Kind, Clause> clauses = new EnumMap<>(Kind.class);
    private boolean sound;
    private Clause current = open(Kind.START);
    private boolean wantsValue;

    private ReceivedClauses(boolean sound) {
        this.sound = sound;
    }

    static ReceivedClauses read(String line) {
        ReceivedTokens tokens = ReceivedTokens.read(line);
        ReceivedClauses all = new ReceivedClauses(tokens.isBalanced());
        tokens.tokens().forEach(all::read);
        return all;
    }

    /** Empty clauses for what the line does not have. */
    Clause get(Kind kind) {
        return clauses.getOrDefault(kind, new Clause(List.of(), List.of()));
    }

    boolean has(Kind kind) {
        return clauses.containsKey(kind);
    }

    /** False if something is not closed or is said twice: then a name that a client chose may pass for a clause. */
    boolean isSound() {
        return sound;
    }

    private Clause open(Kind kind) {
        Clause clause = new Clause();
        // The first one stays; of two nobody knows who wrote which.
        sound &= clauses.putIfAbsent(kind, clause) == null;
        // Before "by" stands what the client says of itself; further clauses there are of its making.
        sound &= kind.compareTo(Kind.BY) <= 0 || has(Kind.BY);
        return clause;
    }

    private void read(Token token) {
        boolean inDate = has(Kind.DATE);
        if (token instanceof Comment comment) {
            current.comments().add(comment.text());
            wantsValue = false;
        } else if (token instanceof Word word && !inDate) {
            word(word.text());
        } else if (token instanceof Word word) {
            // A date with clauses is the end of a line in a line.
            sound &= Kind.of(word.text()).isEmpty();
            current.words().add(word.text());
        } else if (token instanceof Semicolon) {
            current = open(Kind.DATE);
        }
    }

    private void word(String text) {
        Optional<Kind> kind = wantsValue ? Optional.empty() : Kind.of(text);
        wantsValue = kind.isPresent();
        if (kind.isPresent()) {
            current = open(kind.get());
        } else {
            current.words().add(text);
        }
    }
}
