/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The tables of {@code docs/rfc-coverage.md}: under each heading {@code ## RFC 1234: ..., 56 sentences} one row for each thing that the
 * RFC asks.
 *
 * @param parts one for each RFC
 */
record RfcCoverage(List<Part> parts) {
    private static final Pattern HEADING = Pattern.compile("## RFC (\\d+): .*, (\\d+) sentences");
    private static final Pattern SECTION = Pattern.compile("\\d+(\\.\\d+)*");
    private static final Pattern TEST = Pattern.compile("`([^`]+)`");
    private static final Set<String> STATUS = Set.of("met", "partly", "not met", "not applicable");
    private static final int COLUMNS = 8;

    /**
     * An RFC.
     *
     * @param number as {@code RFC 1234} without the letters
     * @param sentences how many sentences of it carry a key word
     */
    record Part(String number, int sentences, List<Row> rows) {}

    /**
     * Something that an RFC asks.
     *
     * @param sentences their places among those with a key word
     * @param tests classes, methods and dialogs
     * @param because why it is not met, or not wholly
     */
    record Row(
            String section, List<Integer> sentences, String asks, String status, List<String> tests, String because) {}

    /** Knows which tests there are. */
    @FunctionalInterface
    interface Tests {
        /** True if there is a test class {@code Name}, a test method {@code Name.method}, a dialog {@code name.smtp} or a row {@code scenario 1}. */
        boolean contain(String name);
    }

    /** Reads the page. */
    static RfcCoverage of(List<String> lines) {
        List<Part> parts = new ArrayList<>();
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                parts.add(new Part(heading.group(1), Integer.parseInt(heading.group(2)), new ArrayList<>()));
            } else if (!parts.isEmpty()) {
                row(line).ifPresent(parts.get(parts.size() - 1).rows()::add);
            }
        }
        return new RfcCoverage(parts);
    }

    /** A line of a table, unless it is its head or the ruler below it. A line that looks broken is a row with no known status. */
    private static Optional<Row> row(String line) {
        if (!line.startsWith("|") || line.startsWith("| §") || line.startsWith("| ---")) {
            return Optional.empty();
        }
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != COLUMNS + 2) {
            return Optional.of(new Row(line, List.of(), line, "broken row", List.of(), ""));
        }
        List<Integer> sentences = Arrays.stream(cells.get(2).split(", "))
                .filter(number -> number.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
        List<String> tests = TEST.matcher(cells.get(7))
                .results()
                .map(result -> result.group(1))
                .toList();
        return Optional.of(new Row(cells.get(1), sentences, cells.get(5), cells.get(6), tests, cells.get(8)));
    }

    /** Everything that is wrong with the page, in words. */
    List<String> problems(Tests known) {
        List<String> problems = new ArrayList<>();
        for (Part part : parts) {
            part.rows().forEach(row -> problems(row, known)
                    .forEach(problem -> problems.add("RFC " + part.number() + " §" + row.section() + ": " + problem)));
            missing(part)
                    .forEach(sentence ->
                            problems.add("RFC " + part.number() + ": sentence " + sentence + " has no row"));
        }
        return problems;
    }

    private static List<String> problems(Row row, Tests known) {
        List<String> problems = new ArrayList<>();
        if (!STATUS.contains(row.status())) {
            problems.add(
                    "unsupported status \"" + row.status() + "\" (expected: one of " + new TreeSet<>(STATUS) + ")");
        }
        if (!SECTION.matcher(row.section()).matches()
                || row.sentences().isEmpty()
                || row.asks().isEmpty()) {
            problems.add("a row names a section, its sentences and what they ask");
        }
        boolean met = row.status().equals("met");
        if (!met && row.because().isEmpty()) {
            problems.add(row.status() + ", and no reason: " + row.asks());
        }
        if ((met || row.status().equals("partly")) && row.tests().isEmpty()) {
            problems.add(row.status() + ", and no test: " + row.asks());
        }
        row.tests().stream()
                .filter(test -> !known.contain(test))
                .forEach(test -> problems.add("there is no test " + test));
        return problems;
    }

    private static List<Integer> missing(Part part) {
        Set<Integer> named = new HashSet<>();
        part.rows().forEach(row -> named.addAll(row.sentences()));
        return IntStream.rangeClosed(1, part.sentences())
                .filter(sentence -> !named.contains(sentence))
                .boxed()
                .toList();
    }
}
