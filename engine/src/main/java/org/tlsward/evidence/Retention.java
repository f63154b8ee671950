/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
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

    /** So long a server may stand still before its files count as younger than they are. */
    private static final Period LONGEST_REST = Period.ofDays(7);

    /** Empty if nothing is old enough, or if it cannot be told what the rest begins with. */
    static Optional<Retention> due(EvidenceDirectory directory, LocalDate today, Period keep) throws IOException {
        List<Path> files = directory.dayFiles();
        if (files.size() < 2) {
            return Optional.empty();
        }
        // A clock that is years ahead would take all of it away: age counts from the day before, and some more.
        LocalDate plausible = EvidenceDirectory.dayOf(files.get(files.size() - 2))
                .orElseThrow()
                .plus(LONGEST_REST);
        LocalDate now = today.isAfter(plausible) ? plausible : today;
        List<Path> old = new ArrayList<>();
        for (Path file : files.subList(0, files.size() - 1)) {
            if (EvidenceDirectory.dayOf(file).orElseThrow().isBefore(now.minus(keep))) {
                old.add(file);
            }
        }
        if (old.isEmpty()) {
            return Optional.empty();
        }
        Path kept = files.get(old.size());
        try (LineReader lines = LineReader.open(kept, 0)) {
            return lines.next().flatMap(LineReader.Line::head).map(head -> new Retention(old, kept, head));
        }
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
