/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket when its time is over. A read time-out would begin anew with each octet, within a TLS record too. The socket under
 * TLS is closed, because closing TLS itself may block.
 */
final class FetchDeadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Socket socket;
    private final ScheduledFuture<?> task;
    private volatile boolean expired;

    FetchDeadline(Socket socket, long nanos) {
        this.socket = socket;
        this.task = TIMER.schedule(this::expire, Math.max(1, nanos), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tlsward-mtasts-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private void expire() {
        expired = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody is left to be told: whoever waits on the socket gets an exception of its own.
            return;
        }
    }

    boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
