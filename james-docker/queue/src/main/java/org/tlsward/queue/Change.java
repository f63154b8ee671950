/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.concurrent.CompletableFuture;

/**
 * One thing to write. Many of them share a transaction, and with it one fsync.
 *
 * @see Committer
 */
sealed interface Change {

    /** Completes when the change is committed; exceptionally when it was given up. */
    CompletableFuture<Void> committed();

    /** Whether somebody waits until the change would survive a power cut. Others survive the end of this process only. */
    boolean durable();

    /** A mail that was handed over. */
    record Add(StoredMail mail, CompletableFuture<Void> committed) implements Change {
        @Override
        public boolean durable() {
            return true;
        }
    }

    /** A mail that nobody wants back; its row goes when the last reader of its message is gone. */
    record Finish(QueuedMail mail, boolean durable, CompletableFuture<Void> committed) implements Change {}

    /** A mail that is due at another time. */
    record Reschedule(QueuedMail mail, long due, CompletableFuture<Void> committed) implements Change {
        @Override
        public boolean durable() {
            return false;
        }
    }

    /** Writes nothing of its own, but makes everything before it survive a power cut. */
    record Sync(CompletableFuture<Void> committed) implements Change {
        @Override
        public boolean durable() {
            return true;
        }
    }
}
