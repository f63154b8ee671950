/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/configuration.md}, as far as tables say what there is. */
final class ConfigurationPage {
    private static final Pattern HEADING = Pattern.compile("(#{2,3}) (.*)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * A line of a table.
     *
     * @param key the code of its first cell
     * @param cells all of them
     */
    record Row(String key, List<String> cells) {
        /** Every code of a cell. */
        List<String> codes(int cell) {
            return CODE.matcher(cells.get(cell))
                    .results()
                    .map((MatchResult some) -> some.group(1))
                    .toList();
        }

        /** The value of a cell that is nothing but code. */
        String literal(int cell) {
            Matcher matcher = CODE.matcher(cells.get(cell));
            return matcher.matches() ? matcher.group(1) : "";
        }
    }

    /** Rows by section; the name of a section is that of its chapter and its own: {@code tlsward.xml/classes/class}. */
    private final Map<String, List<Row>> sections = new LinkedHashMap<>();

    ConfigurationPage(String markdown) {
        String chapter = "";
        String section = "";
        for (String line : markdown.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String name = heading.group(2).replace("`", "");
                chapter = heading.group(1).length() == 2 ? name : chapter;
                section = heading.group(1).length() == 2 ? name : chapter + "/" + name;
                sections.put(section, new ArrayList<>());
            } else if (line.startsWith("| `")) {
                row(line, sections.get(section));
            }
        }
    }

    static ConfigurationPage read() {
        return new ConfigurationPage(Project.read("docs/configuration.md"));
    }

    private static void row(String line, List<Row> rows) {
        List<String> cells = List.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|")).stream()
                .map(String::strip)
                .toList();
        Matcher code = CODE.matcher(cells.get(0));
        if (code.find()) {
            rows.add(new Row(code.group(1), cells));
        }
    }

    Map<String, List<Row>> below(String chapter) {
        Map<String, List<Row>> found = new LinkedHashMap<>();
        sections.forEach((name, rows) -> {
            if (name.startsWith(chapter + "/")) {
                found.put(name.substring(chapter.length() + 1), rows);
            }
        });
        return found;
    }

    List<Row> of(String section) {
        return sections.getOrDefault(section, List.of());
    }
}
