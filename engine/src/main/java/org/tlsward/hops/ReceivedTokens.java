/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.ArrayList;
import java.util.List;

/**
 * Words and comments of a structured header field (RFC 5322 §3.2), read once from left to right. Comments in comments are left out:
 * no server tells its TLS there.
 */
final class ReceivedTokens {
    /** What a line is made of. */
    sealed interface Token {}

    /** Anything between blanks, outside of comments; quotes are kept. */
    record Word(String text) implements Token {}

    /** The text of a comment without its parentheses. */
    record Comment(String text) implements Token {}

    /** What stands before the date. */
    record Semicolon() implements Token {}

    private final String line;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private int depth;
    private boolean quoted;
    private boolean balanced = true;

    private ReceivedTokens(String line) {
        this.line = line;
    }

    static ReceivedTokens read(String line) {
        ReceivedTokens all = new ReceivedTokens(line);
        for (int at = 0; at < line.length(); at++) {
            at = all.read(at);
        }
        all.balanced &= all.depth == 0 && !all.quoted;
        all.end();
        return all;
    }

    List<Token> tokens() {
        return List.copyOf(tokens);
    }

    /** True if every parenthesis and every quote has its other half. */
    boolean isBalanced() {
        return balanced;
    }

    /** Takes the character at that place; answers the place of the last one taken. */
    private int read(int at) {
        char c = line.charAt(at);
        if (c == '\\' && (quoted || depth > 0) && at + 1 < line.length()) {
            append(line.charAt(at + 1)); // quoted-pair, RFC 5322 §3.2.1
            return at + 1;
        }
        if (depth == 0 && (quoted || c == '"')) {
            quoted ^= c == '"';
            append(c);
        } else if (c == '(') {
            open();
        } else if (c == ')') {
            close();
        } else if (depth == 0 && (isBlank(c) || c == ';')) {
            end();
            if (c == ';') {
                tokens.add(new Semicolon());
            }
        } else {
            append(isBlank(c) ? ' ' : c);
        }
        return at;
    }

    private void open() {
        if (depth == 0) {
            end();
        }
        depth++;
    }

    private void close() {
        if (depth == 0) {
            end();
            balanced = false;
            return;
        }
        if (depth == 1) {
            tokens.add(new Comment(pending.toString()));
            pending.setLength(0);
        }
        depth--;
    }

    private void append(char c) {
        if (depth < 2) {
            pending.append(c);
        }
    }

    private void end() {
        if (pending.length() > 0) {
            tokens.add(depth == 0 ? new Word(pending.toString()) : new Comment(pending.toString()));
        }
        pending.setLength(0);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
