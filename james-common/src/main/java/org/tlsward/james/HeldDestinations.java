/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tlsward.files.FormatLine;
import org.tlsward.files.PrivateFile;

/**
 * The destinations that an operator holds, in a file of one line each: domain, blank, since when; before them the version of the form, which
 * the first files lack. Replaced as a whole.
 */
final class HeldDestinations {
    private static final FormatLine FORMAT = new FormatLine("tlsward-held", 1);

    private final Path file;
    private volatile Map<String, Instant> held;

    /** @throws UncheckedIOException if there is a file that cannot be read: mail that is held must not go out for that */
    HeldDestinations(Path file) {
        this.file = file;
        try {
            this.held = read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Map<String, Instant> read(Path file) throws IOException {
        Map<String, Instant> found = new TreeMap<>();
        try {
            for (String line : entries(file)) {
                String[] words = line.split(" ", 2);
                if (words.length != 2 || words[0].isEmpty()) {
                    throw broken(file, line);
                }
                found.put(words[0], Instant.parse(words[1]));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (DateTimeException e) {
            throw broken(file, e.getMessage());
        }
        return Map.copyOf(found);
    }

    private static List<String> entries(Path file) throws IOException {
        List<String> lines = lines(file);
        if (lines.isEmpty() || lines.get(0).equals(FORMAT.text())) {
            return lines.stream().skip(1).toList();
        }
        Optional<String> newer = FORMAT.newerThanThis(lines.get(0));
        if (newer.isPresent()) {
            throw new IOException(file + " cannot be read: " + newer.get());
        }
        return lines;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static IOException broken(Path file, String what) {
        return new IOException(
                file + ": unsupported line \"" + what
                        + "\" (expected: a domain, a blank and an instant like 2027-03-01T12:00:00Z; without the file nothing is held)");
    }

    /** Domain and since when. */
    Map<String, Instant> all() {
        return held;
    }

    /** Comes back when it would survive a restart. False if it was held already. */
    synchronized boolean add(String domain, Instant now) throws IOException {
        Map<String, Instant> next = new TreeMap<>(held);
        if (next.putIfAbsent(domain, now) != null) {
            return false;
        }
        replace(next);
        return true;
    }

    /** False if it was not held. */
    synchronized boolean remove(String domain) throws IOException {
        Map<String, Instant> next = new TreeMap<>(held);
        if (next.remove(domain) == null) {
            return false;
        }
        replace(next);
        return true;
    }

    private void replace(Map<String, Instant> next) throws IOException {
        StringBuilder text = new StringBuilder(FORMAT.text()).append('\n');
        new TreeMap<>(next)
                .forEach((domain, since) ->
                        text.append(domain).append(' ').append(since).append('\n'));
        PrivateFile.replace(file, text.toString());
        held = Map.copyOf(next);
    }
}
