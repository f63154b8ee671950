/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tlsward.documentation.Script.Command;

/** One pass over a text, sign by sign. */
final class ScriptReader {
    /** Stands for what another command prints. */
    static final String SUBSTITUTED = "SUBSTITUTED";

    private final String text;
    private final List<Command> found;
    private int at;
    private int line;

    private int commandLine;
    private StringBuilder word;
    private List<String> assignments = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<String> reads = new ArrayList<>();
    private List<String> writes = new ArrayList<>();
    private List<String> variables = new ArrayList<>();
    private String input = "";
    private String pendingRedirection = "";
    private final Deque<String> documents = new ArrayDeque<>();

    ScriptReader(String text, int firstLine, List<Command> found) {
        this.text = text;
        this.line = firstLine;
        this.found = found;
        this.commandLine = firstLine;
    }

    void read() {
        while (at < text.length()) {
            step(text.charAt(at));
        }
        endCommand();
    }

    private void step(char c) {
        if (c == '\\' && at + 1 < text.length()) {
            escaped();
        } else if (c == '\n') {
            endOfLine();
        } else if (Character.isWhitespace(c)) {
            endWord();
            at++;
        } else if (c == '#' && word == null) {
            at = endOfLineAt();
        } else if (c == '\'') {
            single();
        } else if (c == '"') {
            at++;
            doubled();
        } else if (c == '$') {
            dollar();
        } else if ((c == '<' || c == '>') && next() == '(') {
            at++;
            substitution();
        } else if (c == '<' || c == '>' || (c == '&' && next() == '>')) {
            redirection();
        } else if (c == ';' || c == '|' || c == '&' || c == '(' || c == ')') {
            endCommand();
            at++;
        } else {
            append(c);
            at++;
        }
    }

    private char next() {
        return at + 1 < text.length() ? text.charAt(at + 1) : '\n';
    }

    private int endOfLineAt() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void append(char c) {
        if (word == null) {
            word = new StringBuilder();
            if (words.isEmpty() && assignments.isEmpty()) {
                commandLine = line;
            }
        }
        word.append(c);
    }

    private void append(String some) {
        if (some.isEmpty() && word == null) {
            word = new StringBuilder();
        }
        some.chars().forEach(c -> append((char) c));
    }

    private void escaped() {
        if (next() == '\n') {
            line++;
        } else {
            append(next());
        }
        at += 2;
    }

    private void single() {
        int end = text.indexOf('\'', at + 1);
        String inside = text.substring(at + 1, end < 0 ? text.length() : end);
        append(inside);
        line += (int) inside.chars().filter(c -> c == '\n').count();
        at += inside.length() + 2;
    }

    private void doubled() {
        append("");
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '$') {
                dollar();
                continue;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            if (c == '\n') {
                line++;
            }
            append(c);
            at++;
        }
        at++;
    }

    private void dollar() {
        if (next() == '(') {
            at++;
            substitution();
            return;
        }
        int begin = next() == '{' ? at + 2 : at + 1;
        int end = begin;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end == begin) {
            append('$');
            at++;
            return;
        }
        variables.add(text.substring(begin, end));
        if (next() == '{') {
            int brace = text.indexOf('}', end);
            end = brace < 0 ? text.length() : brace + 1;
        }
        append(text.substring(at, end));
        at = end;
    }

    /** What stands between brackets runs before the command that it stands in. */
    private void substitution() {
        int depth = 0;
        int begin = at + 1;
        int end = at;
        do {
            depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
            end++;
        } while (depth > 0 && end < text.length());
        new ScriptReader(text.substring(begin, end - 1), line, found).read();
        append(SUBSTITUTED);
        at = end;
    }

    private void redirection() {
        // A number before it is a descriptor and no word.
        if (word != null && word.chars().allMatch(Character::isDigit)) {
            word = null;
        }
        endWord();
        int begin = at;
        while (at < text.length() && "<>&".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (text.startsWith("-", at) && text.startsWith("<<", begin)) {
            at++;
        }
        pendingRedirection = text.substring(begin, at);
    }

    private void endWord() {
        if (word == null) {
            return;
        }
        String some = word.toString();
        if (pendingRedirection.startsWith("<<")) {
            documents.add(some);
        } else if (pendingRedirection.equals(">&") || pendingRedirection.equals("<&")) {
            // another descriptor
        } else if (pendingRedirection.startsWith("<")) {
            reads.add(some);
        } else if (!pendingRedirection.isEmpty()) {
            writes.add(some);
        } else if (words.isEmpty() && some.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
            assignments.add(some);
        } else {
            words.add(some);
        }
        pendingRedirection = "";
        word = null;
    }

    private void endOfLine() {
        endWord();
        at++;
        line++;
        for (String end = documents.poll(); end != null; end = documents.poll()) {
            input = document(end);
        }
        endCommand();
    }

    private String document(String end) {
        StringBuilder body = new StringBuilder();
        while (at < text.length()) {
            String some = text.substring(at, endOfLineAt());
            at = Math.min(endOfLineAt() + 1, text.length());
            line++;
            if (some.strip().equals(end)) {
                break;
            }
            body.append(some).append('\n');
        }
        return body.toString();
    }

    private void endCommand() {
        endWord();
        found.add(new Command(commandLine, assignments, words, reads, writes, variables, input));
        assignments = new ArrayList<>();
        words = new ArrayList<>();
        reads = new ArrayList<>();
        writes = new ArrayList<>();
        variables = new ArrayList<>();
        input = "";
        commandLine = line;
    }
}
