/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Requests that read much: few at a time. One page asks for several things at once, so some wait a while; beyond that nobody stands in line
 * with a thread of the server.
 */
final class FewAtOnce {
    private static final int MOST_IN_LINE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Semaphore free;
    private final Semaphore line = new Semaphore(MOST_IN_LINE);
    private final String what;
    private final Duration patience;

    /**
     * Some.
     *
     * @param most of them at a time
     * @param what they read
     */
    FewAtOnce(int most, String what) {
        this(most, what, PATIENCE);
    }

    FewAtOnce(int most, String what, Duration patience) {
        this.patience = patience;
        this.free = new Semaphore(most);
        this.what = what;
    }

    /** Something that reads much. */
    interface Look {
        JsonNode up() throws IOException;
    }

    /**
     * Looks.
     *
     * @throws IOException if too many do so now
     */
    JsonNode look(Look look) throws IOException {
        if (!line.tryAcquire()) {
            throw busy();
        }
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            line.release();
        }
        try {
            return look.up();
        } finally {
            free.release();
        }
    }

    private IOException busy() {
        return new IOException("other requests read " + what + ": please try again");
    }
}
