/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;

/**
 * Writes evidence. Thread-safe; one per directory, in all processes.
 *
 * <p>{@link #append} comes back when the lines are on disk. Threads that come while a group is being written share the next one:
 * the first of them writes for all that wait, so that one thread alone pays one fsync and sixteen pay about two.
 *
 * <p>If the disk is full or broken, {@code append} throws and {@link #problems} turns red; every later append tries again. What could
 * not be written is not there in halves either.
 */
public final class EvidenceLog implements HealthSource, AutoCloseable {
    private final Path path;
    private final LineEncoder encoder;
    private final WriterLock lock;
    /** Guards the fields below it, and is never held while the disk works. */
    private final ReentrantLock state = new ReentrantLock();

    private final Condition changed = state.newCondition();
    private final Queue<Submission> waiting = new ArrayDeque<>();
    private boolean committing;
    private boolean closed;

    /** Belongs to the thread that set {@link #committing}. */
    private final ChainWriter writer;

    private final Clock clock;
    private volatile Optional<HealthProblem> problem = Optional.empty();

    private EvidenceLog(
            EvidenceDirectory directory, AddressForm form, WriterLock lock, ChainWriter writer, Clock clock) {
        this.path = directory.path();
        this.encoder = new LineEncoder(form);
        this.lock = lock;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Begins to write. A full disk does not stop it: the log is there, and unhealthy.
     *
     * @param path the directory, which is made if it is not there; its mode becomes 0700
     * @param form how addresses are shown
     * @param clock tells which day it is
     * @throws EvidenceUnavailableException if the directory cannot be used, or somebody else writes it
     */
    public static EvidenceLog open(Path path, AddressForm form, Clock clock) {
        return open(path, form, clock, DayFile::open);
    }

    static EvidenceLog open(Path path, AddressForm form, Clock clock, AppendFile.Opener opener) {
        try {
            EvidenceDirectory directory = EvidenceDirectory.prepare(path);
            WriterLock lock = WriterLock.take(directory);
            EvidenceLog log = new EvidenceLog(directory, form, lock, new ChainWriter(directory, opener, clock), clock);
            log.begin();
            return log;
        } catch (IOException | UnsupportedOperationException e) {
            throw new EvidenceUnavailableException("cannot use " + path + " for evidence: " + e, e);
        }
    }

    private void begin() {
        try {
            writer.begin();
            problem = clockSetBack();
        } catch (IOException e) {
            report(e);
        }
    }

    /**
     * Writes records, and comes back when they are on disk, all of them. Not to be interrupted: it takes as long as the disk.
     *
     * @throws EvidenceUnavailableException if they are not on disk; none of them counts then
     */
    public void append(List<? extends EvidenceEntry> records) {
        if (records.isEmpty()) {
            return;
        }
        Submission mine = new Submission(records.stream().map(encoder::encode).toList());
        state.lock();
        try {
            waiting.add(mine);
            while (!mine.isSettled()) {
                if (committing) {
                    changed.awaitUninterruptibly();
                } else {
                    commitNextGroup();
                }
            }
        } finally {
            state.unlock();
        }
        if (mine.failure().isPresent()) {
            IOException cause = mine.failure().get();
            throw new EvidenceUnavailableException("evidence cannot be written to " + path + ": " + cause, cause);
        }
    }

    /** Writes for all that wait, without the lock: those who come meanwhile line up for the next group. */
    private void commitNextGroup() {
        List<Submission> group = nextGroup();
        Optional<IOException> failure = Optional.of(new IOException("not written"));
        committing = true;
        state.unlock();
        // An interrupt would close the channel under an fsync of the directory.
        boolean interrupted = Thread.interrupted();
        try {
            failure = write(group);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            state.lock();
            committing = false;
            for (Submission submission : group) {
                submission.settle(failure);
            }
            changed.signalAll();
        }
    }

    private List<Submission> nextGroup() {
        List<Submission> group = new ArrayList<>();
        long size = 0;
        for (Submission next = waiting.peek();
                next != null && (group.isEmpty() || size + next.size() <= ChainWriter.LARGEST_GROUP);
                next = waiting.peek()) {
            group.add(waiting.remove());
            size += next.size();
        }
        return group;
    }

    private Optional<IOException> write(List<Submission> group) {
        if (closed) {
            return Optional.of(new IOException("the log is closed"));
        }
        try {
            writer.write(group.stream()
                    .flatMap(submission -> submission.rests().stream())
                    .toList());
            problem = clockSetBack();
            return Optional.empty();
        } catch (IOException e) {
            report(e);
            return Optional.of(e);
        }
    }

    private Optional<HealthProblem> clockSetBack() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return writer.day()
                .filter(day -> day.isAfter(today))
                .map(day -> new HealthProblem(
                        Severity.DEGRADED,
                        "evidence",
                        "the newest file of evidence is of " + day + ", the clock says " + today
                                + ". Lines go to that file until then. Check the clock"));
    }

    private void report(IOException e) {
        problem = Optional.of(new HealthProblem(
                Severity.UNHEALTHY,
                "evidence",
                "evidence cannot be written to " + path + ": " + e
                        + ". Protected mail waits. Make room on the disk, or mend it; no restart is needed"));
    }

    @Override
    public List<HealthProblem> problems() {
        return problem.stream().toList();
    }

    /** Lets others write the directory. Later appends fail. */
    @Override
    public void close() {
        state.lock();
        try {
            while (committing) {
                changed.awaitUninterruptibly();
            }
            if (!closed) {
                closed = true;
                writer.close();
                lock.close();
            }
        } catch (IOException e) {
            throw new EvidenceUnavailableException("the lock of " + path + " cannot be given back: " + e, e);
        } finally {
            state.unlock();
        }
    }
}
