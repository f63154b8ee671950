/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.classes.FileStamp;
import org.tlsward.classes.MemberSourceException;
import org.tlsward.classes.RecipientClasses;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.PolicyException;

/**
 * The configuration in force and its classes, as one unit that follows {@code tlsward.xml}.
 *
 * <ol>
 *   <li>{@link #start} reads the file; if that fails there is no ward.
 *   <li>Every few seconds it looks whether the file changed. A new version is read as a whole, its classes are opened, and only then
 *       both take the place of the old ones.
 *   <li>A version that is broken, or a file that vanished, changes nothing: what was in force stays in force. It is logged once and is a
 *       health problem until the file is mended; it is tried again each time, because what is missing may be another file.
 * </ol>
 */
public final class LiveWard implements HealthSource, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveWard.class);

    private final Settings settings;
    private final WardConfigurationReader reader;
    private final ScheduledExecutorService watcher;

    private volatile Unit inForce;
    private volatile Optional<String> rejected = Optional.empty();
    private FileStamp seen;
    private boolean closed;

    /**
     * What is needed to follow a configuration.
     *
     * @param file {@code tlsward.xml}
     * @param urls the path of a URL of James, for example {@link JamesDirectories}
     * @param classes opens the classes of a configuration; an exception rejects that configuration
     * @param pollInterval how often the file is looked at
     * @param clock tells which exceptions are over
     */
    public record Settings(
            Path file,
            Function<String, Path> urls,
            Function<WardConfiguration, ? extends ClassesUnit> classes,
            Duration pollInterval,
            Clock clock) {
        /** Soon enough for somebody who waits for it, and nothing for a disk. */
        public static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

        /**
         * What a server needs: classes from files and groups, and the time of this machine.
         *
         * @param file {@code tlsward.xml}
         * @param urls the path of a URL of James
         * @param stateDirectory where the classes keep what has to be known after a restart
         */
        public static Settings of(Path file, Function<String, Path> urls, Path stateDirectory) {
            Clock clock = Clock.systemUTC();
            return new Settings(
                    file,
                    urls,
                    configuration -> OpenedClasses.of(configuration, stateDirectory, clock),
                    USUAL_INTERVAL,
                    clock);
        }
    }

    /** Classes that follow their own sources. */
    public interface ClassesUnit extends RecipientClasses, HealthSource, AutoCloseable {
        /** Stops following; look-ups that are under way still get an answer. */
        @Override
        void close();
    }

    /**
     * What belongs together.
     *
     * @param configuration in force
     * @param classes of that configuration
     */
    public record Snapshot(WardConfiguration configuration, RecipientClasses classes) {}

    private record Unit(Snapshot snapshot, ClassesUnit classes) {
        Unit(WardConfiguration configuration, ClassesUnit classes) {
            this(new Snapshot(configuration, classes), classes);
        }
    }

    private LiveWard(Settings settings) {
        this.settings = settings;
        this.reader = new WardConfigurationReader(settings.urls());
        this.seen = FileStamp.of(settings.file());
        WardConfiguration configuration = reader.read(settings.file());
        this.inForce = new Unit(configuration, open(configuration));
        this.watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tlsward-configuration");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the configuration and follows it from then on.
     *
     * @throws WardConfigurationException if it cannot be used
     */
    public static LiveWard start(Settings settings) {
        LiveWard ward = new LiveWard(settings);
        long interval = settings.pollInterval().toMillis();
        ScheduledFuture<?> unused =
                ward.watcher.scheduleWithFixedDelay(ward::checkQuietly, interval, interval, TimeUnit.MILLISECONDS);
        return ward;
    }

    /** What is in force now. Take it once for each decision: the next call may give another version. */
    public Snapshot current() {
        return inForce.snapshot();
    }

    /** Looks at the file now. */
    public synchronized void checkNow() {
        FileStamp stamp = FileStamp.of(settings.file());
        if (closed || (stamp.equals(seen) && rejected.isEmpty())) {
            return;
        }
        try {
            adopt(reader.read(settings.file()));
            rejected = Optional.empty();
        } catch (WardConfigurationException e) {
            reject(e.getMessage(), !stamp.equals(seen));
        }
        // Taken before reading: what is written meanwhile is a change for the next time.
        seen = stamp;
    }

    private void checkQuietly() {
        try {
            checkNow();
        } catch (RuntimeException e) {
            LOGGER.error("{}: could not be checked, the old version stays in force", settings.file(), e);
        }
    }

    private void adopt(WardConfiguration configuration) {
        Unit old = inForce;
        if (sameClasses(old.snapshot().configuration(), configuration)) {
            inForce = new Unit(configuration, old.classes());
        } else {
            inForce = new Unit(configuration, open(configuration));
            old.classes().close();
        }
        LOGGER.info("{}: a new version is in force", settings.file().getFileName());
    }

    /** Their sources need not be read again, which spares a million members and a directory. */
    private static boolean sameClasses(WardConfiguration one, WardConfiguration other) {
        return one.members().equals(other.members())
                && one.defaultClass().equals(other.defaultClass())
                && one.directory().equals(other.directory())
                && one.subAddressDelimiters().equals(other.subAddressDelimiters());
    }

    private ClassesUnit open(WardConfiguration configuration) {
        try {
            return settings.classes().apply(configuration);
        } catch (MemberSourceException e) {
            throw notOpened(e.complaints());
        } catch (RuntimeException e) {
            throw notOpened(List.of(String.valueOf(e.getMessage())));
        }
    }

    private WardConfigurationException notOpened(List<String> reasons) {
        return new WardConfigurationException(reasons.stream()
                .map(reason -> settings.file().getFileName() + ": classes: " + reason)
                .toList());
    }

    private void reject(String message, boolean changed) {
        if (changed || !rejected.equals(Optional.of(message))) {
            LOGGER.error("The new version is not in force, the old one stays:\n{}", message);
        }
        rejected = Optional.of(message);
    }

    @Override
    public List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>();
        rejected.ifPresent(message -> problems.add(degraded(
                settings.file().getFileName().toString(),
                "the new version is not in force, the old one stays:\n" + message)));
        Unit unit = inForce;
        unit.snapshot().configuration().destinations().expired(settings.clock().instant()).stream()
                .map(LiveWard::expired)
                .forEach(problems::add);
        problems.addAll(unit.classes().problems());
        return problems;
    }

    private static HealthProblem expired(PolicyException exception) {
        return degraded(
                "exception " + exception.match(),
                "was good until " + exception.until() + " and does not count any more (" + exception.reason()
                        + "); take it out of tlsward.xml, or give it a new date");
    }

    private static HealthProblem degraded(String component, String message) {
        return new HealthProblem(HealthProblem.Severity.DEGRADED, component, message);
    }

    /** Stops following the file and the classes. */
    @Override
    public synchronized void close() {
        closed = true;
        watcher.shutdownNow();
        inForce.classes().close();
    }
}
