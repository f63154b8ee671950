/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Duration;
import java.util.Locale;

/** Why a mail goes back into the queue without an attempt, and for how long: longer each time in a row, so that it does not go round. */
enum PutBack {
    /**
     * So many mails wait for the destination that there is no room for more beside its connections. At first shorter than connections may
     * idle, so that the next turn finds them open.
     */
    CROWDED(Duration.ofSeconds(15), Duration.ofMinutes(10)),
    /** An operator holds the destination; {@code resume} makes it due. */
    HELD(Duration.ofMinutes(5), Duration.ofMinutes(5)),
    /** Evidence cannot be written: protected mail waits (DESIGN: disk full). */
    NO_EVIDENCE(Duration.ofMinutes(1), Duration.ofMinutes(1)),
    /** Something of ours is broken: the mail must not be lost for it, nor go round at full speed. */
    INNER_ERROR(Duration.ofMinutes(1), Duration.ofHours(1));

    private final Duration first;
    private final Duration most;

    PutBack(Duration first, Duration most) {
        this.first = first;
        this.most = most;
    }

    /** The pause after so many others of this kind: doubled each time. */
    Duration pause(int turns) {
        Duration time = first;
        for (int i = 0; i < turns && time.compareTo(most) < 0; i++) {
            time = time.multipliedBy(2);
        }
        return time.compareTo(most) < 0 ? time : most;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
