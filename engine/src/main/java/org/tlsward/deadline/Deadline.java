/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.deadline;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes something when its time is over, which is the only way to end a blocked read <em>and</em> a blocked write of a JDK socket,
 * on virtual threads too. A read time-out of the socket would begin anew with each octet, within a TLS record too. Of a TLS connection it
 * is given the socket below, because closing TLS itself may block.
 */
public final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Closeable victim;
    private final ScheduledFuture<?> task;
    private volatile boolean expired;

    private Deadline(Duration limit, Closeable victim) {
        this.victim = victim;
        this.task = TIMER.schedule(this::expire, Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tlsward-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /**
     * Begins to count.
     *
     * @param limit the time that is left; if none is, {@code victim} is closed at once
     */
    public static Deadline start(Duration limit, Closeable victim) {
        return new Deadline(limit, victim);
    }

    private void expire() {
        expired = true;
        try {
            victim.close();
        } catch (IOException e) {
            // Nobody is left to be told: whoever waits on the socket gets an exception of its own.
            return;
        }
    }

    /** True if the time was over before {@link #close}. */
    public boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
