/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The lines of one append, on their way to disk. Settled by the thread that commits, read by the one that appended. */
final class Submission {
    private final List<byte[]> rests;
    private final long size;
    private final boolean signsEnd;
    private boolean settled;
    private Optional<IOException> failure = Optional.empty();

    private Submission(List<byte[]> rests, boolean signsEnd) {
        this.rests = rests;
        this.signsEnd = signsEnd;
        this.size = rests.stream().mapToLong(rest -> rest.length).sum();
    }

    /** Lines to write; none to sign if it is due. */
    static Submission of(List<byte[]> rests) {
        return new Submission(rests, false);
    }

    /** No lines, but the end is to be signed. */
    static Submission end() {
        return new Submission(List.of(), true);
    }

    /** True if the end is to be signed behind the group that this is in. */
    boolean signsEnd() {
        return signsEnd;
    }

    List<byte[]> rests() {
        return rests;
    }

    long size() {
        return size;
    }

    void settle(Optional<IOException> outcome) {
        settled = true;
        failure = outcome;
    }

    boolean isSettled() {
        return settled;
    }

    Optional<IOException> failure() {
        return failure;
    }
}
