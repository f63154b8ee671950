/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;

/**
 * Time, chance and threads of a cache.
 *
 * @param clock of the lives of policies
 * @param random spreads renewals; need not be secure
 * @param executor works in the background; belongs to the cache, which shuts it down
 */
public record StsTiming(Clock clock, RandomGenerator random, ScheduledExecutorService executor) {
    /** So many slow policy hosts at a time hold up the renewal of others. */
    private static final int THREADS = 4;

    /** For a server: threads of its own that do not keep the JVM alive. */
    public static StsTiming standard(Clock clock) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "tlsward-mtasts");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return new StsTiming(clock, RandomGenerator.getDefault(), executor);
    }
}
