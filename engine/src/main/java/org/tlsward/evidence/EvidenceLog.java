/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
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
    private volatile List<HealthProblem> worries = List.of();

    private EvidenceLog(
            EvidenceDirectory directory, AddressForm form, WriterLock lock, ChainWriter writer, Clock clock) {
        this.path = directory.path();
        this.encoder = new LineEncoder(form);
        this.lock = lock;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Where and how.
     *
     * @param directory of the log, which is made if it is not there; its mode becomes 0700
     * @param keys the directory beside it for keys and the signed head; the same holds
     * @param keyed true to show addresses as hashes under a key only
     * @param retention how long files are kept; empty for ever
     * @param node which server writes: stands in the first line of each process and in each one that is signed
     */
    public record Settings(
            Path directory, Path keys, boolean keyed, Optional<Period> retention, Optional<String> node) {
        /** Without a name. */
        public Settings(Path directory, Path keys, boolean keyed, Optional<Period> retention) {
            this(directory, keys, keyed, retention, Optional.empty());
        }

        /** Plain addresses, kept for ever, with the keys where they usually are. */
        public static Settings usual(Path directory) {
            return new Settings(directory, KeyDirectory.usualFor(directory), false, Optional.empty());
        }
    }

    /**
     * Begins to write. A full disk does not stop it: the log is there, and unhealthy.
     *
     * @param settings where and how
     * @param clock tells which day it is
     * @throws EvidenceUnavailableException if the directories cannot be used, somebody else writes them, or a key is gone with which
     *     evidence was written
     */
    public static EvidenceLog open(Settings settings, Clock clock) {
        return open(settings, clock, DayFile::open);
    }

    static EvidenceLog open(Settings settings, Clock clock, AppendFile.Opener opener) {
        try {
            EvidenceDirectory directory = EvidenceDirectory.prepare(settings.directory());
            WriterLock lock = WriterLock.take(directory);
            boolean usable = false;
            try {
                EvidenceLog log = open(settings, directory, lock, opener, clock);
                usable = true;
                return log;
            } finally {
                if (!usable) {
                    lock.close();
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new EvidenceUnavailableException("cannot use " + settings.directory() + " for evidence: " + e, e);
        }
    }

    private static EvidenceLog open(
            Settings settings, EvidenceDirectory directory, WriterLock lock, AppendFile.Opener opener, Clock clock)
            throws IOException {
        KeyDirectory keys = KeyDirectory.prepare(settings.keys());
        SigningKey signer = keys.signingKey(directory, clock.instant());
        Optional<KeyedAddresses> keyed = settings.keyed() ? Optional.of(keys.addresses()) : Optional.empty();
        String words = keyed.map(key -> "keyed:" + key.id()).orElse("plain");
        ChainWriter writer = new ChainWriter(
                new ChainWriter.Surroundings(
                        directory,
                        keys,
                        signer,
                        json -> json.writeStringField("addresses", words),
                        settings.retention(),
                        settings.node(),
                        clock),
                opener);
        AddressForm form = keyed.map(AddressForm.class::cast).orElse(AddressForm.PLAIN);
        EvidenceLog log = new EvidenceLog(directory, form, lock, writer, clock);
        log.begin();
        return log;
    }

    /**
     * Signs what is said of a delivery, with the key that signs the log; see {@link EvidenceKey#hasAttested}.
     *
     * @return 128 hexadecimal digits
     */
    public String attest(String statement) {
        return writer.signer().sign(SignedText.Purpose.DELIVERY, statement);
    }

    /** The key that checks what this log has signed. */
    public EvidenceKey key() {
        return writer.signer().publicHalf();
    }

    private void begin() {
        try {
            writer.begin();
            worries = worries();
        } catch (IOException e) {
            report(e);
        }
    }

    /**
     * Writes records, and comes back when they are on disk, all of them. Not to be interrupted: it takes as long as the disk.
     *
     * @throws EvidenceUnavailableException if they are not on disk; none of them counts then
     */
    public void append(List<? extends Recordable> records) {
        if (records.isEmpty()) {
            return;
        }
        submit(Submission.of(records.stream().map(encoder::encode).toList()));
    }

    /**
     * Signs the end of the log if an hour has passed since it was signed, or a day has begun. To be called every minute or so, because
     * nobody may write for hours.
     *
     * @throws EvidenceUnavailableException if it cannot be written
     */
    public void signIfDue() {
        submit(Submission.of(List.of()));
    }

    /**
     * Signs the end of the log now, for a server that stops. What is still under way may be appended after that.
     *
     * @throws EvidenceUnavailableException if it cannot be written
     */
    public void signEnd() {
        submit(Submission.end());
    }

    private void submit(Submission mine) {
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
        Optional<IOException> failureOfEnd = failure;
        committing = true;
        state.unlock();
        // An interrupt would close the channel under an fsync of the directory.
        boolean interrupted = Thread.interrupted();
        try {
            failure = tried(() -> write(group));
            failureOfEnd = failure;
            if (failure.isEmpty() && group.stream().anyMatch(Submission::signsEnd)) {
                failureOfEnd = tried(writer::signEnd);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            state.lock();
            committing = false;
            for (Submission submission : group) {
                // What is on disk is written, whatever became of the signature behind it: else it would be written
                // twice.
                submission.settle(submission.signsEnd() ? failureOfEnd : failure);
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

    /** Something that has to do with the disk. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    /** What came of it. An error of ours is no better than a full disk: health is red, and those who wait hear that nothing is written. */
    private Optional<IOException> tried(Step step) {
        if (closed) {
            return Optional.of(new IOException("the log is closed"));
        }
        IOException failure;
        try {
            step.take();
            worries = worries();
            problem = Optional.empty();
            return Optional.empty();
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = new IOException("internal error: " + e, e);
        }
        report(failure);
        return Optional.of(failure);
    }

    private void write(List<Submission> group) throws IOException {
        writer.write(group.stream()
                .flatMap(submission -> submission.rests().stream())
                .toList());
    }

    private List<HealthProblem> worries() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<String> found = new ArrayList<>(writer.worries());
        writer.day()
                .filter(day -> day.isAfter(today))
                .map(day -> "the newest file of evidence is of " + day + ", the clock says " + today
                        + ". Lines go to that file until then. Check the clock")
                .ifPresent(found::add);
        return found.stream()
                .map(message -> new HealthProblem(Severity.DEGRADED, "evidence", message))
                .toList();
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
        return Stream.concat(problem.stream(), worries.stream()).toList();
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
