/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.tlsward.proof.EvidenceArchive.LineVisitor;
import org.tlsward.proof.EvidenceArchive.Reading;

/** The logs of several servers as one story: by time, and each log in its own order even where its clock was set back. */
final class SeveralLogs {
    private SeveralLogs() {}

    static Reading read(Map<Path, List<Path>> logs, LineVisitor visitor) throws IOException {
        List<OneLog> all = new ArrayList<>();
        // One that is done with its lines is not in the queue any more.
        PriorityQueue<OneLog> next = new PriorityQueue<>(Comparator.comparing(OneLog::turn));
        try {
            for (Map.Entry<Path, List<Path>> log : logs.entrySet()) {
                OneLog one = new OneLog(log.getKey(), log.getValue().iterator());
                all.add(one);
                if (one.advance()) {
                    next.add(one);
                }
            }
            for (OneLog one = next.poll(); one != null; one = next.poll()) {
                visitor.line(one.line.orElseThrow());
                if (one.advance()) {
                    next.add(one);
                }
            }
        } finally {
            for (OneLog one : all) {
                one.close();
            }
        }
        return all.stream().map(one -> one.done).reduce(new Reading(0, 0), Reading::plus);
    }

    /** One of them, and the line that comes next in it. */
    private static final class OneLog {
        private final Iterator<Path> files;
        private String node;
        private Optional<FileReading> open = Optional.empty();
        private Optional<ArchivedLine> line = Optional.empty();
        private Instant turn = Instant.MIN;
        private Reading done = new Reading(0, 0);

        /** Until a line tells the name of the server, the folder is one. */
        OneLog(Path folder, Iterator<Path> files) {
            this.files = files;
            this.node = folder.toString();
        }

        Instant turn() {
            return turn;
        }

        /** False if there are no more lines. */
        boolean advance() throws IOException {
            line = Optional.empty();
            while (line.isEmpty() && (open.isPresent() || files.hasNext())) {
                if (open.isEmpty()) {
                    openNext();
                } else {
                    line = open.get().next();
                    if (line.isEmpty()) {
                        close();
                    }
                }
            }
            line.map(ArchivedLine::time).filter(turn::isBefore).ifPresent(time -> turn = time);
            return line.isPresent();
        }

        private void openNext() throws IOException {
            try {
                open = Optional.of(new FileReading(files.next(), node));
            } catch (NoSuchFileException e) {
                // Retention took it away meanwhile: it tells nothing.
            }
        }

        void close() throws IOException {
            if (open.isPresent()) {
                node = open.get().node();
                done = done.plus(open.get().soFar());
                open.get().close();
                open = Optional.empty();
            }
        }
    }
}
