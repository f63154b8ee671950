/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables at the end of {@code docs/levels.md}, which people wrote and tests run.
 *
 * @param meanings by word of a cell
 * @param cells of level and server
 * @param published cells of what a domain publishes, level and server
 * @param requireTls cells of the last table; the column stands in place of the level
 * @param postfix where Postfix does something else
 */
public record LevelTable(
        Map<String, Meaning> meanings,
        List<Cell> cells,
        List<PublishedCell> published,
        List<Cell> requireTls,
        List<Difference> postfix) {
    private static final String SECTION = "## What happens: level x peer";

    /**
     * What a word of a cell stands for.
     *
     * @param reason empty if the mail is delivered
     * @param status while it waits, or at once
     */
    public record Meaning(String reason, String status) {}

    /**
     * One cell.
     *
     * @param server name of the row
     * @param level name of the column: one word of the configuration, or several joined by {@code +}
     * @param word what happens
     */
    public record Cell(String server, String level, String word) {
        @Override
        public String toString() {
            return level + " at \"" + server + "\": " + word;
        }
    }

    /**
     * One cell of the table of domains that publish something.
     *
     * @param published parts of it, separated by commas
     * @param cell the rest
     */
    public record PublishedCell(String published, Cell cell) {
        @Override
        public String toString() {
            return published + ": " + cell;
        }
    }

    /**
     * Where Postfix differs.
     *
     * @param server name of the row
     * @param levels names of columns
     * @param here {@code TLS}, {@code clear} or {@code waits}
     * @param postfix one of these, or {@code bounced}
     */
    public record Difference(String server, List<String> levels, String here, String postfix) {}

    /** Copies its arguments. */
    public LevelTable {
        meanings = Map.copyOf(meanings);
        cells = List.copyOf(cells);
        published = List.copyOf(published);
        requireTls = List.copyOf(requireTls);
        postfix = List.copyOf(postfix);
    }

    /** Reads the page. */
    public static LevelTable read(Path page) {
        try {
            String text = Files.readString(page);
            return of(text.substring(text.indexOf(SECTION)).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LevelTable of(String[] lines) {
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        List<Cell> cells = new ArrayList<>();
        List<PublishedCell> published = new ArrayList<>();
        List<Cell> requireTls = new ArrayList<>();
        List<Difference> postfix = new ArrayList<>();
        List<String> header = List.of();
        for (String line : lines) {
            if (!line.startsWith("|")) {
                header = List.of();
            } else if (header.isEmpty()) {
                header = columns(line);
            } else if (!line.startsWith("| ---")) {
                List<String> row = columns(line);
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException("a row of another width: " + line);
                }
                switch (header.get(0) + ", " + header.get(1)) {
                    case "word, what happens" -> meanings.put(
                            row.get(0), new Meaning(bare(row.get(2)), bare(row.get(3))));
                    case "server, none" -> cells.addAll(row(header, row));
                    case "published, server" -> row(header.subList(1, header.size()), row.subList(1, row.size()))
                            .forEach(cell -> published.add(new PublishedCell(row.get(0), cell)));
                    case "server, MX host by plain DNS" -> requireTls.addAll(row(header, row));
                    case "server, levels" -> postfix.add(
                            new Difference(row.get(0), List.of(bare(row.get(1)).split(", ")), row.get(2), row.get(3)));
                    default -> throw new IllegalArgumentException("unknown table " + header);
                }
            }
        }
        return new LevelTable(meanings, cells, published, requireTls, postfix);
    }

    private static List<Cell> row(List<String> header, List<String> row) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 1; i < row.size(); i++) {
            cells.add(new Cell(row.get(0), header.get(i), row.get(i)));
        }
        return cells;
    }

    private static List<String> columns(String line) {
        String inner = line.strip();
        return Arrays.stream(inner.substring(1, inner.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static String bare(String cell) {
        return cell.replace("`", "");
    }
}
