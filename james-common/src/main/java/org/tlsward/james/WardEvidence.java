/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import org.apache.james.filesystem.api.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.EvidenceSettings;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceKey;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceUnavailableException;
import org.tlsward.evidence.LogLine;
import org.tlsward.evidence.Recordable;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.outbound.HostName;

/**
 * The one evidence log of this server, below {@code var/evidence} unless the configuration says otherwise. What {@code <evidence>} says
 * counts from the next start on.
 *
 * <p>What could not be written is kept in memory and written as soon as there is room: the disk is tried every minute.
 */
@Singleton
public class WardEvidence implements AutoCloseable {
    /** One line an attempt, in a logger of its own so that an admin can send it to a file of its own. */
    private static final Logger ATTEMPTS = LoggerFactory.getLogger("org.tlsward.attempts");

    private static final Logger LOGGER = LoggerFactory.getLogger(WardEvidence.class);

    private static final int MOST_AT_ONCE = 500;

    private final EvidenceLog log;
    private final Path directory;
    private final Path keys;
    private final UnwrittenRecords unwritten = new UnwrittenRecords();
    private final List<Runnable> eachMinute = new CopyOnWriteArrayList<>();
    private final List<Runnable> atStop = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tlsward-evidence");
        thread.setDaemon(true);
        return thread;
    });

    /** Guice calls this. */
    @Inject
    public WardEvidence(FileSystem files, Ward ward, WardHealth health) {
        Path var = ServerPaths.of(files, "file://var/");
        EvidenceSettings settings = ward.current().configuration().evidence();
        directory = settings.directory(var);
        keys = settings.keys(var);
        log = EvidenceLog.open(
                new EvidenceLog.Settings(
                        directory,
                        keys,
                        settings.addresses() == EvidenceSettings.Addresses.KEYED,
                        settings.retention(),
                        Optional.of(settings.node().orElseGet(HostName::ofThisMachine))),
                Clock.systemUTC());
        health.add(log);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.MINUTES);
    }

    /** Where its files are. */
    public Path directory() {
        return directory;
    }

    /** Where its keys and the signed head are. */
    public Path keys() {
        return keys;
    }

    /** Does this too, every minute. */
    public void eachMinute(Runnable task) {
        eachMinute.add(task);
    }

    /** Does this before the log is closed. */
    public void atStop(Runnable task) {
        atStop.add(task);
    }

    /** True if what happens now can be proven later; mail that needs protection waits while it cannot. */
    public boolean isAvailable() {
        return unwritten.isEmpty()
                && log.problems().stream().noneMatch(problem -> problem.severity() == Severity.UNHEALTHY);
    }

    /**
     * Writes what has happened, to the log at once and to the evidence before it comes back.
     *
     * @param sentence for people, about each record
     * @return false if the evidence could not be written: the health check is red, it is kept for later, and what has happened cannot be
     *     undone
     */
    public boolean record(List<EvidenceRecord> records, List<Optional<String>> sentence) {
        say(records, sentence);
        boolean written = isWritten(records);
        if (!written) {
            keep(records);
        }
        return written;
    }

    /**
     * Writes what is about to happen. For those who can still refrain from it.
     *
     * @return false if it could not be written; nothing of it is kept
     */
    public boolean recordBeforehand(EvidenceRecord record) {
        boolean written = isAvailable() && isWritten(List.of(record));
        if (written) {
            say(List.of(record), List.of(Optional.empty()));
        }
        return written;
    }

    private static void say(List<EvidenceRecord> records, List<Optional<String>> sentence) {
        for (int i = 0; i < records.size(); i++) {
            ATTEMPTS.info("{}", LogLine.of(records.get(i), sentence.get(i)));
        }
    }

    private boolean isWritten(List<EvidenceRecord> records) {
        try {
            log.append(records);
            return true;
        } catch (EvidenceUnavailableException e) {
            LOGGER.error("evidence of {} attempts or decisions could not be written", records.size(), e);
            return false;
        }
    }

    /** Signs what this server says of a delivery, with the key of the evidence. */
    public String attest(String statement) {
        return log.attest(statement);
    }

    /** The key that checks what {@link #attest} has signed. */
    public EvidenceKey key() {
        return log.key();
    }

    /**
     * Writes what is so whether it is written or not: an emergency stop, how a mail came.
     *
     * @return false if it could not be written: the health check is red
     */
    public boolean note(List<? extends Recordable> some) {
        try {
            log.append(some);
            return true;
        } catch (EvidenceUnavailableException e) {
            LOGGER.error("{} is in this log only, the evidence could not be written", some, e);
            return false;
        }
    }

    /**
     * Writes what is about to be done with a mail, before it is done.
     *
     * @param actions one for each recipient
     * @throws EvidenceUnavailableException if that cannot be proven later: then it must not be done
     */
    public void record(List<EvidenceAction> actions) {
        log.append(actions);
        for (EvidenceAction action : actions) {
            ATTEMPTS.info("{}", LogLine.of(action));
        }
    }

    private void keep(List<EvidenceRecord> records) {
        int lost = unwritten.keep(records);
        if (lost > 0) {
            LOGGER.error("{} attempts or decisions are in this log only: too many wait to be written", lost);
        }
    }

    /** Signs what is due, and tries the disk again if it was full. The timer does it every minute. */
    public void tick() {
        try {
            log.signIfDue();
            writeWhatWaits();
        } catch (EvidenceUnavailableException e) {
            LOGGER.error("the evidence still cannot be written: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.error("the evidence cannot be signed", e);
        }
        run(eachMinute);
    }

    private static void run(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.error("what belongs into the evidence too cannot be written", e);
            }
        }
    }

    /** One thread at a time. Who only asks whether something waits must not wait for a disk that hangs. */
    private synchronized void writeWhatWaits() {
        for (List<EvidenceRecord> some = unwritten.first(MOST_AT_ONCE);
                !some.isEmpty();
                some = unwritten.first(MOST_AT_ONCE)) {
            log.append(some);
            unwritten.forget(some.size());
        }
    }

    /** Guice calls this when James stops. The log stays open: deliveries that are under way still write. */
    @PreDestroy
    public void stop() {
        timer.shutdownNow();
        run(atStop);
        tick();
        try {
            log.signEnd();
        } catch (EvidenceUnavailableException e) {
            LOGGER.error("the evidence ends without a checkpoint: {}", e.getMessage());
        }
    }

    /** Lets another process write it. */
    @Override
    public void close() {
        stop();
        log.close();
    }
}
