/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tlsward.cli.Report.Block;
import org.tlsward.cli.Report.Item;
import org.tlsward.cli.Report.Row;
import org.tlsward.cli.Report.Section;
import org.tlsward.explain.CleanText;
import picocli.CommandLine.Help.Ansi;

/** Writes a report as text of 80 columns or as JSON. What strangers wrote comes out without control characters. */
final class ReportPrinter {
    private static final int COLUMNS = 80;
    private static final int TEXT_AT = 25;
    private static final int LONGEST = 4000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintWriter out;
    private final Ansi ansi;

    ReportPrinter(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void text(Report report) {
        wrapped(report.title(), "", "");
        for (Section section : report.sections()) {
            out.println();
            out.println(styled("bold", clean(section.title())));
            section.items().forEach(this::text);
        }
        out.flush();
    }

    private void text(Item item) {
        if (item instanceof Row row) {
            String mark = String.format(Locale.ROOT, " %-8s", row.mark().word());
            String rest = String.format(Locale.ROOT, " %-14s ", clean(row.step()));
            wrapped(row.text(), styled(row.mark().style(), mark) + rest, mark + rest);
            row.advice().ifPresent(advice -> wrapped(advice, " ".repeat(TEXT_AT) + "-> ", " ".repeat(TEXT_AT) + "-> "));
        } else if (item instanceof Block block) {
            out.println(" " + clean(block.name()) + ":");
            block.lines().forEach(line -> out.println(("    " + clean(line)).stripTrailing()));
        }
    }

    /** The text after a head; further lines begin below the text. */
    private void wrapped(String text, String head, String headWithoutStyle) {
        String indent = " ".repeat(headWithoutStyle.length());
        StringBuilder line = new StringBuilder();
        String start = head;
        for (String word : clean(text).split(" ", -1)) {
            if (line.length() > 0 && indent.length() + line.length() + 1 + word.length() > COLUMNS) {
                out.println((start + line).stripTrailing());
                start = indent;
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        out.println((start + line).stripTrailing());
    }

    private String styled(String style, String text) {
        // Never as markup of picocli: a name could contain it.
        return ansi.enabled() && !style.isEmpty()
                ? Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.off(Ansi.Style.parse(style))
                : text;
    }

    private static String clean(String text) {
        return CleanText.of(text, LONGEST);
    }

    void json(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", report.title());
        all.put("result", word(report.exit()));
        all.put("exitCode", report.exit().number());
        all.put(
                "sections",
                report.sections().stream().map(ReportPrinter::section).toList());
        json(all);
    }

    /** Any value as JSON. */
    void json(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is no JSON", e);
        }
    }

    private static String word(ExitCode exit) {
        return exit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> section(Section section) {
        List<Object> rows = new ArrayList<>();
        List<Object> blocks = new ArrayList<>();
        for (Item item : section.items()) {
            if (item instanceof Row row) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("mark", row.mark() == Mark.INFO ? "info" : row.mark().word());
                one.put("step", row.step());
                one.put("text", row.text());
                row.advice().ifPresent(advice -> one.put("advice", advice));
                rows.add(one);
            } else if (item instanceof Block block) {
                blocks.add(Map.of("name", block.name(), "lines", block.lines()));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", section.title());
        all.put("rows", rows);
        if (!blocks.isEmpty()) {
            all.put("blocks", blocks);
        }
        return all;
    }
}
