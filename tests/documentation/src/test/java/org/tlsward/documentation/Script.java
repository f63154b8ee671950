/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Shell commands, taken apart as far as pages use the shell: quotes, comments, continued lines, pipes, groups, substitutions, redirections and
 * here-documents. That the shell itself can read the block is asked of the shell.
 *
 * @param commands all simple commands, those of substitutions first
 */
record Script(List<Command> commands) {
    /** Words of the shell that a command may stand behind. */
    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "else", "elif", "while", "until", "do", "!", "{", "time");

    private static final Set<String> ALONE = Set.of("fi", "done", "}", "esac");

    /**
     * A simple command.
     *
     * @param line of its first word
     * @param assignments {@code NAME=value} before it
     * @param words the program and what it is given, without quotes
     * @param reads files that it is redirected from
     * @param writes files that it is redirected to
     * @param variables names that its words refer to
     * @param input its here-document; empty if it has none
     */
    record Command(
            int line,
            List<String> assignments,
            List<String> words,
            List<String> reads,
            List<String> writes,
            List<String> variables,
            String input) {
        String program() {
            return words.isEmpty() ? "" : words.get(0);
        }

        List<String> arguments() {
            return words.isEmpty() ? List.of() : words.subList(1, words.size());
        }
    }

    static Script parse(String text, int firstLine) {
        List<Command> found = new ArrayList<>();
        new ScriptReader(text, firstLine, found).read();
        return new Script(found.stream()
                .map(Script::withoutKeywords)
                .filter(Script::isOne)
                .toList());
    }

    private static boolean isOne(Command command) {
        return !command.words().isEmpty()
                || !command.assignments().isEmpty()
                || !command.writes().isEmpty();
    }

    private static Command withoutKeywords(Command command) {
        List<String> words = command.words();
        while (!words.isEmpty() && KEYWORDS.contains(words.get(0))) {
            words = words.subList(1, words.size());
        }
        // "for name in ..." runs nothing by itself, and sets the name.
        if (!words.isEmpty() && words.get(0).equals("for")) {
            return new Command(
                    command.line(),
                    List.of(words.get(1) + "="),
                    List.of(),
                    List.of(),
                    List.of(),
                    command.variables(),
                    command.input());
        }
        if (!words.isEmpty() && ALONE.contains(words.get(0))) {
            words = List.of();
        }
        return new Command(
                command.line(),
                command.assignments(),
                words,
                command.reads(),
                command.writes(),
                command.variables(),
                command.input());
    }
}
