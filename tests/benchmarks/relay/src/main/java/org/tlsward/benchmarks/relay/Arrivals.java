/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What has arrived at the sinks in one round, by the name of the mail. */
final class Arrivals {
    private final Map<String, Integer> recipients = new ConcurrentHashMap<>();
    private long expected;
    private long arrived;
    private long again;
    private long lastNanos;

    /** Begins a round. */
    synchronized void expect(long recipientsInAll) {
        recipients.clear();
        expected = recipientsInAll;
        arrived = 0;
        again = 0;
        lastNanos = System.nanoTime();
    }

    /** A mail has come, for so many recipients. */
    void add(String id, int count) {
        boolean known = recipients.merge(id, count, Integer::sum) > count;
        synchronized (this) {
            // A mail in parts (its recipients need different connections) is no duplicate; a sum above the expected one
            // is.
            arrived += count;
            again += known ? 1 : 0;
            lastNanos = System.nanoTime();
            if (arrived >= expected) {
                notifyAll();
            }
        }
    }

    /**
     * Waits until all have come.
     *
     * @return the nanoseconds of {@link System#nanoTime()} at which the last came
     */
    synchronized long await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (arrived < expected && System.nanoTime() < end) {
            wait(Math.max(1, Math.min(100, (end - System.nanoTime()) / 1_000_000)));
        }
        return lastNanos;
    }

    /** Recipients that got their mail so far. */
    synchronized long arrived() {
        return arrived;
    }

    /** Mails that came in more than one transaction. */
    synchronized long again() {
        return again;
    }
}
