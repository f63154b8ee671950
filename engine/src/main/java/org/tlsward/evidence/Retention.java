/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files are old enough to go: whole days, never the newest. What is taken away is written down first, with the line that
 * begins the rest, so that a verification can tell it from what somebody else took away.
 *
 * @param removed the files, the oldest first
 * @param kept the oldest file that stays
 * @param first what its first line says of itself
 */
record Retention(List<Path> removed, Path kept, LineReader.Head first) {

    /** A running server makes a file each day. More days than these without one count as these: the clock may have jumped. */
    private static final int LONGEST_GAP = 7;

    /** Empty if nothing is old enough, or if it cannot be told what the rest begins with. */
    static Optional<Retention> due(EvidenceDirectory directory, LocalDate today, Period keep) throws IOException {
        List<Path> files = directory.dayFiles();
        List<LocalDate> reached = daysReached(files, today);
        List<Path> old = new ArrayList<>();
        for (int i = 0;
                i < files.size() - 1
                        && day(files.get(i)).isBefore(reached.get(i).minus(keep));
                i++) {
            old.add(files.get(i));
        }
        if (old.isEmpty()) {
            return Optional.empty();
        }
        Path kept = files.get(old.size());
        try (LineReader lines = LineReader.open(kept, 0)) {
            return lines.next().flatMap(LineReader.Line::head).map(head -> new Retention(old, kept, head));
        }
    }

    /**
     * For each file the day to which it has aged, long gaps shortened; never behind today. A clock that is years ahead would take all of
     * it away, and not only on its first day.
     */
    private static List<LocalDate> daysReached(List<Path> files, LocalDate today) {
        List<LocalDate> reached = new ArrayList<>();
        LocalDate later = today;
        long passed = 0;
        for (int i = files.size() - 1; i >= 0; i--) {
            LocalDate day = day(files.get(i));
            passed += Math.max(0, Math.min(LONGEST_GAP, ChronoUnit.DAYS.between(day, later)));
            LocalDate aged = day.plusDays(passed);
            reached.add(0, aged.isAfter(today) ? today : aged);
            later = day;
        }
        return reached;
    }

    private static LocalDate day(Path file) {
        return EvidenceDirectory.dayOf(file).orElseThrow();
    }

    LineEncoder.Members note() {
        return json -> {
            json.writeObjectFieldStart("removed");
            json.writeNumberField("count", removed.size());
            json.writeStringField("first", removed.get(0).getFileName().toString());
            json.writeStringField(
                    "last", removed.get(removed.size() - 1).getFileName().toString());
            json.writeEndObject();
            json.writeObjectFieldStart("kept");
            json.writeStringField("file", kept.getFileName().toString());
            json.writeNumberField("seq", first.sequence());
            json.writeStringField("prev", first.previous());
            json.writeEndObject();
        };
    }

    /** Takes the files away, the oldest first, and what was cut out of them. */
    void apply(EvidenceDirectory directory) throws IOException {
        for (Path file : removed) {
            for (Path torn : directory.tornFilesOf(EvidenceDirectory.dayOf(file).orElseThrow())) {
                Files.deleteIfExists(torn);
            }
            Files.deleteIfExists(file);
        }
        EvidenceDirectory.syncEntries(directory.path());
    }
}
