/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.Locale;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Block;
import org.tlsward.check.Report.Item;
import org.tlsward.check.Report.Row;
import org.tlsward.check.Report.Section;
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
            String mark = String.format(Locale.ROOT, " %-8s", word(row.mark()));
            String rest = String.format(Locale.ROOT, " %-14s ", clean(row.step()));
            wrapped(row.text(), styled(style(row.mark()), mark) + rest, mark + rest);
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

    private static String word(Mark mark) {
        return switch (mark) {
            case OK, WARNING, FAIL, UNKNOWN -> mark.word();
            case NOT_APPLICABLE -> "n/a";
            case INFO -> "";
        };
    }

    /** In the words of picocli. */
    private static String style(Mark mark) {
        return switch (mark) {
            case OK -> "fg(green)";
            case WARNING -> "fg(yellow)";
            case FAIL -> "fg(red),bold";
            case UNKNOWN -> "fg(yellow),bold";
            case NOT_APPLICABLE -> "faint";
            case INFO -> "";
        };
    }

    private static String clean(String text) {
        return CleanText.of(text, LONGEST);
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
}
