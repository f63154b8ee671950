/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The lines of one append, on their way to disk. Settled by the thread that commits, read by the one that appended. */
final class Submission {
    private final List<byte[]> rests;
    private final long size;
    private boolean settled;
    private Optional<IOException> failure = Optional.empty();

    Submission(List<byte[]> rests) {
        this.rests = rests;
        this.size = rests.stream().mapToLong(rest -> rest.length).sum();
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
