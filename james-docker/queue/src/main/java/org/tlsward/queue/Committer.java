/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that writes. While it waits for the disk, changes gather; they make the next transaction. So sixteen
 * senders cost one fsync, and one sender waits for nobody.
 *
 * <p>A change that nobody waits for is written at once but synced with the next durable one, or {@link #LAZY} later. While
 * nothing can be written, as the disk is full, a mail handed over fails; the end of a mail is kept and tried again.
 */
final class Committer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Committer.class);

    /** How long a change that nobody waits for may be on its way to the disk: what a power cut can undo. */
    private static final long LAZY = TimeUnit.SECONDS.toNanos(1);

    private static final int BATCH = 2_000;

    private final Opener opener;
    private final Consumer<Change> afterwards;
    private final Thread thread = new Thread(this::run, "mail-queue-writer");
    private final Object monitor = new Object();
    // Both guarded by the monitor.
    private List<Change> gathered = new ArrayList<>();
    private boolean closed;
    // The rest is the thread's alone. A table that failed is closed and opened anew: SQLite's statements do not survive
    // it.
    private Optional<MailTable> table;
    // What could not be written.
    private List<Change> postponed = new ArrayList<>();
    private boolean unsynced;
    private long tickAt;
    private volatile Optional<String> failure = Optional.empty();

    /** Where the table is. */
    interface Opener {
        /** Opens the table again after a failure. */
        MailTable open() throws SQLException;

        /** Whether the disk is nearly full. */
        boolean tight() throws IOException;
    }

    /**
     * Starts the thread.
     *
     * @param table to write to; from now on the thread's
     * @param afterwards is told of every change of a committed transaction, before those who wait for it
     */
    Committer(MailTable table, Opener opener, Consumer<Change> afterwards) {
        this.table = Optional.of(table);
        this.opener = opener;
        this.afterwards = afterwards;
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a change; its future tells the end of it. */
    void submit(Change change) {
        synchronized (monitor) {
            if (!closed) {
                gathered.add(change);
                monitor.notifyAll();
                return;
            }
        }
        change.committed().completeExceptionally(new IOException("the mail queue is closed"));
    }

    boolean closed() {
        synchronized (monitor) {
            return closed;
        }
    }

    /** Why the last transaction failed, if it did. */
    Optional<String> failure() {
        return failure;
    }

    /** Writes what was submitted, syncs it and ends. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Optional<List<Change>> batch = next();
        while (batch.isPresent()) {
            commit(batch.get());
            batch = next();
        }
        commit(List.of(new Change.Sync(new CompletableFuture<>())));
        finish();
    }

    /** Moves everything from SQLite's log into the table, so that the next start has nothing to recover. */
    private void finish() {
        try (MailTable last = open()) {
            last.checkpoint();
        } catch (SQLException e) {
            LOGGER.warn("the mail queue was not closed in order; the next start reads SQLite's log", e);
        }
    }

    private MailTable open() throws SQLException {
        if (table.isEmpty()) {
            table = Optional.of(opener.open());
        }
        return table.get();
    }

    /** What to write next; empty when there will be nothing more. */
    private Optional<List<Change>> next() {
        synchronized (monitor) {
            while (gathered.isEmpty()) {
                if (closed) {
                    return Optional.empty();
                }
                boolean lazy = unsynced || !postponed.isEmpty();
                long rest = tickAt - System.nanoTime();
                if (lazy && rest <= 0) {
                    return Optional.of(List.of(new Change.Sync(new CompletableFuture<>())));
                }
                try {
                    monitor.wait(lazy ? TimeUnit.NANOSECONDS.toMillis(rest) + 1 : 0);
                } catch (InterruptedException e) {
                    // Nobody has a reason to interrupt the writer.
                    LOGGER.debug("interrupted", e);
                }
            }
            List<Change> first = new ArrayList<>(gathered.subList(0, Math.min(BATCH, gathered.size())));
            gathered = new ArrayList<>(gathered.subList(first.size(), gathered.size()));
            return Optional.of(first);
        }
    }

    private void commit(List<Change> batch) {
        List<Change> changes = batch;
        if (!postponed.isEmpty()) {
            changes = new ArrayList<>(postponed);
            changes.addAll(batch);
        }
        boolean durable = changes.stream().anyMatch(Change::durable);
        Set<Change> deleted;
        try {
            deleted = new HashSet<>(open().write(changes, durable));
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it is: those who wait have to learn of it, and the thread has to go on.
            fail(changes, e);
            return;
        }
        postponed = new ArrayList<>();
        failure.ifPresent(reason -> LOGGER.info("the mail queue can be written to again"));
        failure = Optional.empty();
        synced(durable);
        changes.forEach(change -> complete(change, deleted));
        if (changes.stream().anyMatch(Change.Sync.class::isInstance)) {
            shrink();
        }
    }

    /** A quiet moment: gives free space back, a step a tick. */
    private void shrink() {
        try {
            if (open().shrink(opener.tight())) {
                synced(false);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            closeTable(e);
            LOGGER.warn("cannot shrink the file of the mail queue", e);
        }
    }

    private void complete(Change change, Set<Change> deleted) {
        if (change instanceof Change.Finish finish) {
            if (deleted.contains(change)) {
                finish.mail().removed();
            } else if (finish.mail().marked()) {
                submit(new Change.Finish(finish.mail(), finish.durable(), new CompletableFuture<>()));
            }
        }
        afterwards.accept(change);
        change.committed().complete(null);
    }

    private void synced(boolean durable) {
        if (durable) {
            unsynced = false;
        } else if (!unsynced) {
            unsynced = true;
            tickAt = System.nanoTime() + LAZY;
        }
    }

    private void fail(List<Change> changes, Throwable cause) {
        closeTable(cause);
        boolean damaged = cause instanceof SQLException sql && Sqlite.saysDamaged(sql);
        if (damaged && changes.size() > 1) {
            // One by one, so that a bad page stops nobody but whom it belongs to.
            postponed = new ArrayList<>();
            changes.forEach(change -> commit(List.of(change)));
            return;
        }
        String reason = "cannot write to the mail queue: " + cause.getMessage();
        if (damaged) {
            LOGGER.error("{}; the file is damaged: restart the server, it takes over what can be read", reason, cause);
        } else if (failure.isEmpty()) {
            LOGGER.error("{}; new mail is refused until that changes", reason, cause);
        }
        failure = Optional.of(reason);
        for (Change change : changes) {
            if (change.durable()) {
                change.committed().completeExceptionally(new IOException(reason, cause));
            }
        }
        postponed = new ArrayList<>();
        if (!damaged) {
            // What is finished stays finished, whoever was told that it is not written yet.
            changes.stream()
                    .filter(change -> change instanceof Change.Finish || change instanceof Change.Reschedule)
                    .forEach(postponed::add);
        }
        tickAt = System.nanoTime() + LAZY;
    }

    private void closeTable(Throwable cause) {
        try {
            if (table.isPresent()) {
                table.get().close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        table = Optional.empty();
    }
}
