/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Requests that read much: few at a time, and nobody waits in line with a thread of the server. */
final class FewAtOnce {
    private final Semaphore free;
    private final String what;

    /**
     * Some.
     *
     * @param most of them at a time
     * @param what they read
     */
    FewAtOnce(int most, String what) {
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
        if (!free.tryAcquire()) {
            throw new IOException("another request reads " + what + ": please try again");
        }
        try {
            return look.up();
        } finally {
            free.release();
        }
    }
}
