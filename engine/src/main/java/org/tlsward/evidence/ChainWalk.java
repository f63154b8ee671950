/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.evidence.Finding.Kind;

/** The state of a verification: which line is expected next. One step per line. */
final class ChainWalk {
    private final Optional<String> wantedHead;
    private final OwnLines own;
    private final HeadCheck head;
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
    record Place(ChainLink link, String file, long line, boolean readable) {
        Finding finding(Kind kind, String message) {
            return new Finding(kind, file, line, message);
        }
    }

    ChainWalk(Optional<String> wantedHead, OwnLines own, HeadCheck head) {
        this.wantedHead = wantedHead;
        this.own = own;
        this.head = head;
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
        LineReader.Head said = line.head().get();
        if (said.type().equals("cut")) {
            note(Kind.CUT_NOTED, "what a crash had left half written was cut and kept beside the log");
        }
        Place here = new Place(new ChainLink(said.sequence(), line.hash()), file, lineOfFile, true);
        own.step(said, here).ifPresent(findings::add);
        if (isExpected(said)) {
            advance(here);
        }
    }

    private void unreadable(LineReader.Line line) {
        note(
                line.ended() ? Kind.CHANGED : Kind.UNFINISHED,
                "no line of evidence (expected: line " + expectedSequence() + " as one JSON object and LF)");
        advance(new Place(new ChainLink(expectedSequence(), line.hash()), file, lineOfFile, false));
    }

    /** False if the line does not belong here, so that the chain goes on from the line before it. */
    private boolean isExpected(LineReader.Head said) {
        if (previous.isEmpty()) {
            own.begins(said, new Place(ChainLink.START, file, lineOfFile, true));
            return true;
        }
        ChainLink last = previous.get().link();
        boolean linked = said.previous().equals(last.hash());
        if (said.sequence() == last.sequence() + 1) {
            if (!linked) {
                broken(said);
            }
            return true;
        }
        if (replacesPrevious(said)) {
            noteAt(
                    previous.get(),
                    Kind.INSERTED,
                    "does not belong here: line " + said.sequence() + " follows the line before it");
            return true;
        }
        if (said.sequence() <= last.sequence()) {
            note(Kind.INSERTED, "line " + said.sequence() + " (expected: line " + expectedSequence() + ")");
            return false;
        }
        note(
                Kind.REMOVED,
                "line " + said.sequence() + " (expected: line " + expectedSequence() + "); missing lines: "
                        + (said.sequence() - expectedSequence()));
        return true;
    }

    /** The numbers fit, the hashes do not. */
    private void broken(LineReader.Head said) {
        Place last = previous.orElseThrow();
        if (last.readable()) {
            noteAt(last, Kind.CHANGED, "is not what line " + said.sequence() + " says it was");
        }
    }

    /** Somebody computed a line that fits the one before, but the true next line knows nothing of it. */
    private boolean replacesPrevious(LineReader.Head said) {
        return beforePrevious
                .map(Place::link)
                .filter(link -> said.sequence() == link.sequence() + 1)
                .filter(link -> said.previous().equals(link.hash()))
                .isPresent();
    }

    private long expectedSequence() {
        return previous.map(place -> place.link().sequence() + 1).orElse(1L);
    }

    private void advance(Place place) {
        head.pass(place);
        beforePrevious = previous;
        previous = Optional.of(place);
    }

    private void note(Kind kind, String message) {
        findings.add(new Finding(kind, file, lineOfFile, message));
    }

    private void noteAt(Place place, Kind kind, String message) {
        findings.add(place.finding(kind, message));
    }

    EvidenceVerifier.Verification finish() {
        if (wantedHead.isPresent() && !headSeen) {
            note(Kind.OTHER_END, "no line has the remembered hash " + wantedHead.get());
        }
        findings.addAll(own.finish());
        findings.addAll(head.finish(previous));
        String end = previous.map(place -> place.link().hash()).orElse(ChainLink.START.hash());
        return new EvidenceVerifier.Verification(lines, end, findings, own.summary());
    }
}
