/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of days. Each file is counted once, also after a restart if there is a place to keep the figures; of the file that is being
 * written only what is new. Thread-safe: one request counts, the others wait for it.
 */
public final class FiguresArchive {
    private final EvidenceArchive evidence;
    private final Optional<FiguresStore> store;
    private final Map<LocalDate, Counted> counted = new HashMap<>();

    /** The newest file, as far as it was counted. */
    private Optional<Growing> newest = Optional.empty();

    /**
     * A file that does not change any more.
     *
     * @param size of the file: another one is counted anew
     * @param figures of its lines
     * @param unreadable lines that are no evidence
     */
    record Counted(long size, DayFigures figures, long unreadable) {}

    /**
     * A file that grows.
     *
     * @param day of it
     * @param read how far it was counted
     * @param count so far
     * @param unreadable lines so far that are no evidence
     */
    private record Growing(LocalDate day, long read, DayCount count, long unreadable) {}

    /**
     * Some days.
     *
     * @param days the oldest first; a day without evidence has no figures
     * @param complete false if there was too much to count at once: the older days are missing, and asking again counts on
     * @param unreadable lines of these days that are no evidence: somebody should verify the log
     */
    public record Figures(SortedMap<LocalDate, DayFigures> days, boolean complete, long unreadable) {
        /** Those of several servers, day by day. */
        public static Figures together(List<Figures> servers) {
            SortedMap<LocalDate, DayFigures> all = new TreeMap<>();
            servers.forEach(each -> each.days().forEach((day, figures) -> all.merge(day, figures, DayFigures::plus)));
            return new Figures(
                    all,
                    servers.stream().allMatch(Figures::complete),
                    servers.stream().mapToLong(Figures::unreadable).sum());
        }

        /** All of them together. */
        public DayFigures sum() {
            return days.values().stream().reduce(DayFigures.NONE, DayFigures::plus);
        }
    }

    /** Forgets everything at the end of the process. */
    public FiguresArchive(EvidenceArchive evidence) {
        this(evidence, Optional.empty());
    }

    /**
     * Keeps what it has counted.
     *
     * @param evidence to count
     * @param directory for its files
     */
    public FiguresArchive(EvidenceArchive evidence, Path directory) {
        this(evidence, Optional.of(new FiguresStore(directory)));
    }

    private FiguresArchive(EvidenceArchive evidence, Optional<FiguresStore> store) {
        this.evidence = evidence;
        this.store = store;
    }

    /**
     * The figures of some days.
     *
     * @param from the first day
     * @param to the last day
     * @param budget the most bytes that are read for it, beside those of the newest file
     */
    public synchronized Figures figures(LocalDate from, LocalDate to, long budget) throws IOException {
        NavigableMap<LocalDate, Path> files = evidence.days();
        forgetAllBut(files.keySet());
        SortedMap<LocalDate, DayFigures> days = new TreeMap<>();
        long unreadable = 0;
        long left = budget;
        for (Map.Entry<LocalDate, Path> file :
                files.subMap(from, true, to, true).descendingMap().entrySet()) {
            LocalDate day = file.getKey();
            try {
                long size = Files.size(file.getValue());
                boolean grows = day.equals(files.lastKey());
                Optional<Counted> known = grows ? Optional.of(grown(day, file.getValue(), size)) : known(day, size);
                left -= known.isPresent() ? 0 : size;
                if (left < 0) {
                    return new Figures(days, false, unreadable);
                }
                Counted result = known.isPresent() ? known.get() : count(day, file.getValue(), size);
                days.put(day, result.figures());
                unreadable += result.unreadable();
            } catch (NoSuchFileException e) {
                counted.remove(day); // retention took it away meanwhile
            }
        }
        return new Figures(days, true, unreadable);
    }

    /** Who removes evidence after some years means the figures of it, too. */
    private void forgetAllBut(Set<LocalDate> days) {
        counted.keySet().retainAll(days);
        store.ifPresent(some -> some.keepOnly(days));
    }

    private Optional<Counted> known(LocalDate day, long size) {
        Optional<Counted> inMemory = Optional.ofNullable(counted.get(day)).filter(some -> some.size() == size);
        if (inMemory.isPresent()) {
            return inMemory;
        }
        Optional<Counted> kept = store.flatMap(some -> some.read(day)).filter(some -> some.size() == size);
        kept.ifPresent(some -> counted.put(day, some));
        return kept;
    }

    private Counted count(LocalDate day, Path file, long size) throws IOException {
        DayCount count = new DayCount();
        EvidenceArchive.Reading reading = EvidenceArchive.read(file, count);
        Counted result = new Counted(size, count.figures(), reading.unreadable());
        counted.put(day, result);
        store.ifPresent(some -> some.write(day, result));
        return result;
    }

    private Counted grown(LocalDate day, Path file, long size) throws IOException {
        Growing from = newest.filter(some -> some.day().equals(day) && some.read() <= size)
                .orElseGet(() -> new Growing(day, 0, new DayCount(), 0));
        // If reading breaks off in the middle, what was counted of it must not count twice.
        newest = Optional.empty();
        EvidenceArchive.ReadOn read = EvidenceArchive.readOn(file, from.read(), from.count());
        long unreadable = from.unreadable() + read.unreadable();
        newest = Optional.of(new Growing(day, read.end(), from.count(), unreadable));
        return new Counted(read.end(), from.count().figures(), unreadable);
    }
}
