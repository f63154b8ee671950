/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.evidence.Finding.Kind;

/** The state of a verification: which line is expected next. One step per line. */
final class ChainWalk {
    private final Optional<String> wantedHead;
    private final List<Finding> findings = new ArrayList<>();
    private String file = "";
    private long lineOfFile;
    private long lines;
    private boolean headSeen;
    private Optional<Place> previous = Optional.empty();
    private Optional<Place> beforePrevious = Optional.empty();

    /**
     * A line that the chain has passed.
     *
     * @param link its number and its hash
     * @param file where it stands
     * @param line where it stands
     * @param readable false if it was no line of evidence, so that its number is a guess
     */
    private record Place(ChainLink link, String file, long line, boolean readable) {}

    ChainWalk(Optional<String> wantedHead) {
        this.wantedHead = wantedHead;
    }

    void enter(String name) {
        file = name;
        lineOfFile = 0;
    }

    void step(LineReader.Line line) {
        lineOfFile++;
        lines++;
        headSeen |= wantedHead.filter(line.hash()::equals).isPresent();
        if (line.head().isEmpty()) {
            unreadable(line);
            return;
        }
        LineReader.Head head = line.head().get();
        if (head.type().equals("cut")) {
            note(Kind.CUT_NOTED, "what a crash had left half written was cut and kept beside the log");
        }
        if (isExpected(head)) {
            advance(new ChainLink(head.sequence(), line.hash()), true);
        }
    }

    private void unreadable(LineReader.Line line) {
        note(
                line.ended() ? Kind.CHANGED : Kind.UNFINISHED,
                "no line of evidence (expected: line " + expectedSequence() + " as one JSON object and LF)");
        advance(new ChainLink(expectedSequence(), line.hash()), false);
    }

    /** False if the line does not belong here, so that the chain goes on from the line before it. */
    private boolean isExpected(LineReader.Head head) {
        if (previous.isEmpty()) {
            first(head);
            return true;
        }
        ChainLink last = previous.get().link();
        boolean linked = head.previous().equals(last.hash());
        if (head.sequence() == last.sequence() + 1) {
            if (!linked) {
                broken(head);
            }
            return true;
        }
        if (replacesPrevious(head)) {
            noteAt(
                    previous.get(),
                    Kind.INSERTED,
                    "does not belong here: line " + head.sequence() + " follows the line before it");
            return true;
        }
        if (head.sequence() <= last.sequence()) {
            note(Kind.INSERTED, "line " + head.sequence() + " (expected: line " + expectedSequence() + ")");
            return false;
        }
        note(
                Kind.REMOVED,
                "line " + head.sequence() + " (expected: line " + expectedSequence() + "); missing lines: "
                        + (head.sequence() - expectedSequence()));
        return true;
    }

    private void first(LineReader.Head head) {
        if (head.sequence() != 1) {
            note(Kind.BEGINS_LATE, "begins with line " + head.sequence() + " (expected: line 1)");
        } else if (!head.previous().equals(ChainLink.START.hash())) {
            note(Kind.CHANGED, "line 1 refers to a line before it");
        }
    }

    /** The numbers fit, the hashes do not. */
    private void broken(LineReader.Head head) {
        Place last = previous.orElseThrow();
        if (last.readable()) {
            noteAt(last, Kind.CHANGED, "is not what line " + head.sequence() + " says it was");
        }
    }

    /** Somebody computed a line that fits the one before, but the true next line knows nothing of it. */
    private boolean replacesPrevious(LineReader.Head head) {
        return beforePrevious
                .map(Place::link)
                .filter(link -> head.sequence() == link.sequence() + 1)
                .filter(link -> head.previous().equals(link.hash()))
                .isPresent();
    }

    private long expectedSequence() {
        return previous.map(place -> place.link().sequence() + 1).orElse(1L);
    }

    private void advance(ChainLink link, boolean readable) {
        beforePrevious = previous;
        previous = Optional.of(new Place(link, file, lineOfFile, readable));
    }

    private void note(Kind kind, String message) {
        findings.add(new Finding(kind, file, lineOfFile, message));
    }

    private void noteAt(Place place, Kind kind, String message) {
        findings.add(new Finding(kind, place.file(), place.line(), message));
    }

    EvidenceVerifier.Verification finish() {
        if (wantedHead.isPresent() && !headSeen) {
            note(Kind.OTHER_END, "no line has the remembered hash " + wantedHead.get());
        }
        String head = previous.map(place -> place.link().hash()).orElse(ChainLink.START.hash());
        return new EvidenceVerifier.Verification(lines, head, findings);
    }
}
