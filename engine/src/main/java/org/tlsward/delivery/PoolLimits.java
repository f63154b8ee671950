/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Duration;

/**
 * How many connections, and for how long.
 *
 * @param perDestination connections to one destination at a time, idle ones included
 * @param messages transactions on one connection
 * @param age of a connection when it is taken for the last time
 * @param idle how long a connection waits for another message
 */
public record PoolLimits(int perDestination, int messages, Duration age, Duration idle) {
    /** What large receivers tolerate. */
    public static final PoolLimits USUAL = new PoolLimits(10, 500, Duration.ofMinutes(5), Duration.ofSeconds(20));

    /** Refuses a pool that could never send anything. */
    public PoolLimits {
        if (perDestination < 1 || messages < 1) {
            throw new IllegalArgumentException("unsupported pool of " + perDestination + " connections and " + messages
                    + " messages (expected: at least 1 of each)");
        }
    }
}
