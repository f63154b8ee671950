/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.Comparator;

/**
 * What is in the heap of a mail in the queue: a few words. All else is on the disk until somebody asks for it.
 *
 * <p>It counts who still reads the message, because a mail is often reported done a moment before its reader lets go.
 */
final class QueuedMail {

    /** First due, first out; of those due together the one that came first. */
    static final Comparator<QueuedMail> ORDER =
            Comparator.comparingLong(QueuedMail::due).thenComparingLong(QueuedMail::id);

    private enum State {
        QUEUED,
        /** Nobody wants it back; not yet written down. */
        FINISHED,
        /** That is written down, but somebody still reads the message. */
        MARKED,
        REMOVED
    }

    private final long id;
    private final boolean messageInFile;
    // Written by whoever has the mail outside of every sorted set.
    private volatile long due;
    private int retries;
    private int readers;
    private State state = State.QUEUED;

    QueuedMail(long id, long due, boolean messageInFile) {
        this.id = id;
        this.due = due;
        this.messageInFile = messageInFile;
    }

    long id() {
        return id;
    }

    long due() {
        return due;
    }

    boolean messageInFile() {
        return messageInFile;
    }

    void dueAt(long millis) {
        this.due = millis;
    }

    synchronized int countRetry() {
        return retries++;
    }

    /** One more reader; {@code false} if the mail is gone or going. */
    synchronized boolean open() {
        if (state != State.QUEUED) {
            return false;
        }
        readers++;
        return true;
    }

    /** One reader less; {@code true} if the row can go now and nobody else will see to it. */
    synchronized boolean release() {
        readers--;
        return state == State.MARKED && readers == 0;
    }

    synchronized void finish() {
        if (state == State.QUEUED) {
            state = State.FINISHED;
        }
    }

    /** Whether the row may be deleted, as nobody reads the message. */
    synchronized boolean unread() {
        return readers == 0;
    }

    /** Whether it is written down that the mail is finished, beside its row. */
    synchronized boolean isMarked() {
        return state == State.MARKED;
    }

    synchronized boolean gone() {
        return state == State.REMOVED;
    }

    /** The row is deleted. */
    synchronized void removed() {
        state = State.REMOVED;
    }

    /** The row is marked as finished; {@code true} if meanwhile the last reader let go and the row can go. */
    synchronized boolean marked() {
        state = State.MARKED;
        return readers == 0;
    }
}
