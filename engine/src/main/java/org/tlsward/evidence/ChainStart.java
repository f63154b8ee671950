/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the chain goes on when a process begins to write, after what the signed head and the files say. The two differ if somebody
 * changed the files while nobody wrote them.
 *
 * @param link the next line follows that one
 * @param doubt what the first line says about it, and the health of the server; empty if all is well
 */
record ChainStart(ChainLink link, Optional<Doubt> doubt) {

    /**
     * Something that a crash does not explain.
     *
     * @param member the name of a member of the first line
     * @param word its value, for machines
     * @param message for people
     */
    record Doubt(String member, String word, String message) {}

    /**
     * Compares the two.
     *
     * @param state the head as it was found
     * @param last the last line of the files
     */
    static ChainStart of(HeadFile.State state, ChainLink last) {
        if (!(state instanceof HeadFile.Sound sound)) {
            String word = state instanceof HeadFile.Missing ? "missing" : "damaged";
            return doubted(
                    last, "head", word, "the file evidence-head was " + word + ", so lines may have been cut off");
        }
        SignedHead head = sound.head();
        boolean announced = head.next().filter(next -> next.link().equals(last)).isPresent();
        if (announced || head.link().equals(last)) {
            return new ChainStart(last, Optional.empty());
        }
        if (last.sequence() > head.link().sequence()) {
            return doubted(
                    last,
                    "unsigned",
                    "" + (last.sequence() - head.link().sequence()),
                    "there are lines behind line " + head.link().sequence() + ", with which the signed head ended");
        }
        // The chain goes on from what was signed, so that every verification finds the hole.
        return doubted(
                head.link(),
                "head",
                "ahead",
                "the signed head ends with line " + head.link().sequence() + ", the files end with line "
                        + last.sequence() + (last.sequence() == head.link().sequence() ? ", another one" : ""));
    }

    /** With a doubt if what was cut is nothing that a crash leaves. */
    ChainStart after(List<Path> cuts) {
        if (doubt.isPresent() || cuts.stream().noneMatch(TailRecovery::isUnexplained)) {
            return this;
        }
        return doubted(
                link,
                "cut",
                "unexplained",
                "bytes stood behind the end that was signed, and no crash leaves them there; they are kept beside the log");
    }

    private static ChainStart doubted(ChainLink link, String member, String word, String message) {
        return new ChainStart(link, Optional.of(new Doubt(member, word, message)));
    }
}
