/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.evidence.ChainWalk.Place;
import org.tlsward.evidence.Finding.Kind;

/** Compares the end of the chain with the signed head. */
final class HeadCheck {
    private final HeadFile.State state;
    private final boolean keyKnown;
    private final UnderWay underWay;
    private Optional<Place> atEnd = Optional.empty();
    private Optional<Place> behindEnd = Optional.empty();
    private Optional<Place> atNext = Optional.empty();

    /**
     * Compares with that head.
     *
     * @param state what the file of the head was
     * @param keyKnown false if nothing can be checked
     * @param underWay what stands behind the end of the walk, and was announced
     */
    HeadCheck(HeadFile.State state, boolean keyKnown, UnderWay underWay) {
        this.state = state;
        this.keyKnown = keyKnown;
        this.underWay = underWay;
    }

    private Optional<SignedHead> head() {
        return state instanceof HeadFile.Sound sound ? Optional.of(sound.head()) : Optional.empty();
    }

    /** A line of the chain. */
    void pass(Place place) {
        if (head().isEmpty()) {
            return;
        }
        SignedHead head = head().get();
        long sequence = place.link().sequence();
        if (sequence == head.link().sequence()) {
            atEnd = Optional.of(place);
        } else if (sequence == head.link().sequence() + 1) {
            behindEnd = Optional.of(place);
        }
        if (head.next().filter(next -> next.link().sequence() == sequence).isPresent()) {
            atNext = Optional.of(place);
        }
    }

    List<Finding> finish(Optional<Place> last) {
        List<Finding> findings = new ArrayList<>();
        if (!keyKnown) {
            findings.add(new Finding(
                    Kind.NO_KEY, KeyDirectory.PUBLIC_KEY, 0, "there is no public key, so no signature was checked"));
        } else if (head().isEmpty()) {
            String what = state instanceof HeadFile.Missing ? "is not there" : "has no signature of the key";
            findings.add(new Finding(Kind.NO_HEAD, KeyDirectory.HEAD, 1, what + ", so the end of the log may be cut"));
        } else {
            compare(head().get(), last, findings);
            stranger(head().get(), last).ifPresent(findings::add);
        }
        return findings;
    }

    /** Behind the signed end the walk has not gone: what is there counts as nothing, unless no crash can have left it. */
    private Optional<Finding> stranger(SignedHead head, Optional<Place> last) {
        long line = last.filter(place -> place.file().equals(head.file()))
                .map(Place::line)
                .orElse(0L);
        return underWay.stranger()
                .map(number -> new Finding(
                        Kind.INSERTED,
                        head.file(),
                        line + 1,
                        "begins what stands behind the signed end, and line " + number
                                + " in it is not of the group that was announced"));
    }

    private void compare(SignedHead head, Optional<Place> last, List<Finding> findings) {
        long written = last.map(place -> place.link().sequence()).orElse(0L);
        long signed = head.link().sequence();
        if (written < signed) {
            findings.add(last.orElse(new Place(ChainLink.START, KeyDirectory.HEAD, 1, true))
                    .finding(
                            Kind.END_CUT,
                            "is the last line; the signed head tells of line " + signed + " at " + head.time()
                                    + "; missing lines: " + (signed - written)));
            return;
        }
        atEnd.filter(place -> !place.link().equals(head.link()))
                .filter(Place::readable)
                .ifPresent(place -> findings.add(
                        place.finding(Kind.CHANGED, "is not what the signed head says that line " + signed + " was")));
        if (written == signed) {
            head.next()
                    .flatMap(next -> last)
                    .ifPresent(place -> findings.add(place.finding(
                            Kind.CRASH_NOTED,
                            "is the last line; more was announced, and not written to its end; bytes of it that count as nothing: "
                                    + underWay.bytes())));
            return;
        }
        boolean announced = head.next()
                .filter(next -> next.link().sequence() == written)
                .filter(next ->
                        atNext.map(Place::link).filter(next.link()::equals).isPresent())
                .isPresent();
        if (!announced) {
            behindEnd
                    .or(() -> last)
                    .ifPresent(place -> findings.add(place.finding(
                            Kind.UNSIGNED, "begins what the signed head does not know; lines: " + (written - signed))));
        }
    }
}
