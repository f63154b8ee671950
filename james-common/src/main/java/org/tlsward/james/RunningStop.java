/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.tlsward.policy.EmergencyStop;

/**
 * A stop that counts, and when it is over: as soon as the clock says so, or as soon as its time has passed since it began here, whatever the
 * clock says. The first alone would let a clock that is set back prolong it, the second alone a machine that sleeps. Once over it stays over.
 */
final class RunningStop {
    private final EmergencyStop stop;
    private final Clock clock;
    private final LongSupplier nanos;
    private final long begun;
    private final Duration left;
    private volatile boolean over;

    /**
     * Begins to wait.
     *
     * @param nanos a clock that is never set, as {@link System#nanoTime}
     */
    RunningStop(EmergencyStop stop, Clock clock, LongSupplier nanos) {
        this.stop = stop;
        this.clock = clock;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.left = stop.until()
                .map(until -> shorter(
                        Duration.between(clock.instant(), until),
                        // Where the clock was set back while nobody ran: never longer than it was meant to last.
                        Duration.between(stop.since(), until)))
                .orElse(Duration.ZERO);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    EmergencyStop stop() {
        return stop;
    }

    boolean isOver() {
        if (!over && stop.until().isPresent()) {
            Instant until = stop.until().get();
            over = !clock.instant().isBefore(until) || nanos.getAsLong() - begun >= left.toNanos();
        }
        return over;
    }
}
