/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.tlsward.site.Page;
import org.tlsward.site.Page.Block;

/**
 * A statement of a page that can be run against a server, and what the page says will be seen.
 *
 * @param page name of the page
 * @param line where it begins
 * @param script one statement, continued lines included
 * @param expected pieces of what it prints; {@code [...]} in them stands for anything
 */
record Step(String page, int line, String script, List<String> expected) {
    /** A statement of these alone asks a server, and changes nothing but that. */
    private static final Set<String> RUN = Set.of("swaks", "openssl", "curl", "printf", "bash", "exec", "cat");

    private static final Set<String> ASKING = Set.of("swaks", "openssl", "curl", "bash");

    /** In a comment above a statement: replies in quotes. */
    private static final Pattern QUOTED = Pattern.compile("\"([2-5][0-9][0-9][^\"]*)\"");

    private static final Pattern REFUSAL =
            Pattern.compile("(?m)^(?:<\\*\\* |<~\\* )?[45][0-9][0-9][ -]|\"statusCode\":[45]");

    /** All of a page, in their order. The {@code text} that follows in a section shows what all before it print. */
    static List<Step> of(Page page) {
        List<Step> steps = new ArrayList<>();
        List<Step> open = new ArrayList<>();
        int before = 0;
        for (Block block : page.blocks()) {
            int from = before;
            if (page.titles().stream().anyMatch(title -> title.line() > from && title.line() < block.line())) {
                open.clear();
            }
            before = block.line();
            if (block.language().equals("text")) {
                List<String> lines =
                        block.text().lines().filter(line -> !line.isBlank()).toList();
                open.forEach(step -> steps.set(steps.indexOf(step), step.showing(lines)));
                open.clear();
            } else {
                if (!block.language().equals("sh")) {
                    open.clear();
                }
                List<Step> found = of(block);
                steps.addAll(found);
                open.addAll(found);
            }
        }
        return steps;
    }

    private static List<Step> of(Block block) {
        List<Step> steps = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        int line = block.line();
        int begin = line;
        for (String text : block.text().lines().toList()) {
            if (statement.isEmpty() && text.startsWith("#")) {
                QUOTED.matcher(text)
                        .results()
                        .map((MatchResult some) -> some.group(1))
                        .forEach(expected::add);
            } else if (!text.isBlank()) {
                begin = statement.isEmpty() ? line : begin;
                statement.append(text).append('\n');
                if (!text.endsWith("\\") && !text.endsWith("|")) {
                    Step step = new Step(block.page(), begin, statement.toString(), List.copyOf(expected));
                    steps.add(step);
                    statement.setLength(0);
                    expected.clear();
                }
            }
            line++;
        }
        // A block of which a part is not run shows what the whole of it does.
        return steps.stream().allMatch(Step::isRun) ? steps : List.of();
    }

    private Step showing(List<String> lines) {
        return new Step(page, line, script, lines);
    }

    private boolean isRun() {
        List<String> programs = Script.parse(script, line).commands().stream()
                .map(Script.Command::program)
                .filter(program -> !program.isEmpty())
                .toList();
        return RUN.containsAll(programs) && programs.stream().anyMatch(ASKING::contains) && isForThisMachine();
    }

    private boolean isForThisMachine() {
        return script.contains("127.0.0.1") && !script.contains("$TOKEN") && !script.contains("ID/");
    }

    /** @throws Mistake if something is not there, or if the page tells of no refusal and there is one */
    void check(String output) {
        for (String piece : expected) {
            String regex = String.join(
                    ".*",
                    List.of(piece.strip().split(Pattern.quote("[...]"), -1)).stream()
                            .map(Pattern::quote)
                            .toList());
            if (!Pattern.compile(regex).matcher(output).find()) {
                throw new Mistake(page, line, "\"" + piece + "\" is not in the output:\n" + output);
            }
        }
        boolean refusal = expected.stream().anyMatch(piece -> piece.matches("[45].*"));
        if (!refusal && REFUSAL.matcher(output).find()) {
            throw new Mistake(page, line, "the page tells of no refusal, and there is one:\n" + output);
        }
    }
}
