/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tlsward.evidence.AddressForm;
import org.tlsward.evidence.KeyedAddresses;

/**
 * The files of evidence by day. Reads only, takes no lock, and may look while a server writes: a last line that is half there is not
 * seen yet.
 *
 * @param directory of the evidence
 * @param keys the directory of its keys
 */
public record EvidenceArchive(Path directory, Path keys) {
    private static final Pattern DAY_FILE = Pattern.compile("evidence-([0-9]{4}-[0-9]{2}-[0-9]{2})\\.jsonl");

    /** With its keys where they usually are: in {@code var/evidence-key} for {@code var/evidence}. */
    public EvidenceArchive(Path directory) {
        this(directory, usualKeys(directory.toAbsolutePath().normalize()));
    }

    private static Path usualKeys(Path absolute) {
        return absolute.resolveSibling(absolute.getFileName() + "-key");
    }

    /** Takes one line after the other. */
    @FunctionalInterface
    public interface LineVisitor {
        /** The next line. */
        void line(ArchivedLine line);
    }

    /**
     * What came of reading.
     *
     * @param lines that could be read
     * @param unreadable lines that are no evidence: somebody should verify the log
     */
    public record Reading(long lines, long unreadable) {
        /** Both together. */
        public Reading plus(Reading other) {
            return new Reading(lines + other.lines, unreadable + other.unreadable);
        }
    }

    /** How its addresses can be looked up: by the key that lies beside it, if there is one, else as they are. */
    public AddressForm addresses() {
        Path key = keys.resolve("address-key");
        return Files.isReadable(key) ? KeyedAddresses.read(key) : AddressForm.PLAIN;
    }

    /** The files, the oldest first; none if there is no such directory. */
    public NavigableMap<LocalDate, Path> days() throws IOException {
        NavigableMap<LocalDate, Path> days = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> dayOf(file).ifPresent(day -> days.put(day, file)));
            }
        }
        return days;
    }

    private static Optional<LocalDate> dayOf(Path file) {
        Matcher name = DAY_FILE.matcher(file.getFileName().toString());
        try {
            return name.matches() ? Optional.of(LocalDate.parse(name.group(1))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The files of a time, the oldest first. */
    public List<Path> files(LocalDate from, LocalDate to) throws IOException {
        // A clock that was set back leaves younger lines in an older file and never the other way round.
        return from.isAfter(to)
                ? List.of()
                : List.copyOf(days().subMap(from, true, to, true).values());
    }

    /** How much there is to read: whoever asks over the network does not get any amount of work done. */
    public static long size(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        return size;
    }

    /**
     * Hands every line of these files to the visitor; a file that retention takes away meanwhile has no lines. Files of one folder in their
     * order. Files of several folders are the logs of several servers: as one story, by the time of their lines, each log in its own order.
     */
    public static Reading read(List<Path> files, LineVisitor visitor) throws IOException {
        Map<Path, List<Path>> logs = new LinkedHashMap<>();
        files.forEach(file -> logs.computeIfAbsent(file.toAbsolutePath().getParent(), key -> new ArrayList<>())
                .add(file));
        if (logs.size() > 1) {
            return SeveralLogs.read(logs, visitor);
        }
        Reading all = new Reading(0, 0);
        for (Path file : files) {
            try {
                all = all.plus(read(file, visitor));
            } catch (NoSuchFileException e) {
                // What is not there any more tells nothing.
            }
        }
        return all;
    }

    /**
     * What came of reading on.
     *
     * @param end of the last line
     * @param unreadable lines that are no evidence
     */
    record ReadOn(long end, long unreadable) {}

    /** Hands the lines of a file from that byte on to the visitor. */
    static ReadOn readOn(Path file, long from, LineVisitor visitor) throws IOException {
        String name = file.getFileName().toString();
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.skipNBytes(from);
            LineSplitter lines = new LineSplitter(bytes);
            long unreadable = 0;
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<ArchivedLine> read = ArchivedLine.parse(name, 0, line.get());
                read.ifPresent(visitor::line);
                unreadable += read.isPresent() ? 0 : 1;
            }
            return new ReadOn(from + lines.taken(), unreadable);
        }
    }

    /** Hands every line of a file to the visitor, in the order of the file. */
    public static Reading read(Path file, LineVisitor visitor) throws IOException {
        try (FileReading reading = new FileReading(file, "")) {
            for (Optional<ArchivedLine> line = reading.next(); line.isPresent(); line = reading.next()) {
                visitor.line(line.get());
            }
            return reading.soFar();
        }
    }
}
