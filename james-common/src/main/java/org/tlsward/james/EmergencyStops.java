/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.apache.james.filesystem.api.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.emergency.StopFile;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;
import org.tlsward.policy.TlsLimits;

/**
 * What an operator has stopped in an emergency: mail of a class, mail to a destination, all protected mail, the whole server, or (a part
 * of) TLS. Mail is neither sent nor lost: incoming mail stays with whoever sends it, outgoing mail waits.
 *
 * <p>A stop survives a restart ({@code var/tlsward/emergency-stops}) and shows in the health check. One with an end is over at that time,
 * which is looked at whenever somebody asks.
 */
@Singleton
public class EmergencyStops implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmergencyStops.class);

    private final StopFile file;
    private final Clock clock;
    private final LongSupplier nanos;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<RunningStop> running;
    private volatile boolean unwritten;

    /** What an order has changed. */
    public enum Change {
        /** It is stopped now. */
        STOPPED,
        /** It was stopped already, and has another end now. */
        EXTENDED,
        /** It was stopped already: the older stop stays as it is. */
        NONE
    }

    /**
     * Guice calls this.
     *
     * @throws java.io.UncheckedIOException if what was stopped before cannot be read: nothing may go out for that
     */
    @Inject
    public EmergencyStops(FileSystem files, WardHealth health) {
        this(files, health, Clock.systemUTC(), System::nanoTime);
    }

    /**
     * With clocks that can be set.
     *
     * @param clock by which ends are told
     * @param nanos by which time passes
     */
    public EmergencyStops(FileSystem files, WardHealth health, Clock clock, LongSupplier nanos) {
        this.file = StopFile.of(ServerPaths.of(files, "file://var/"));
        this.clock = clock;
        this.nanos = nanos;
        this.running = file.read().stream().map(this::begin).toList();
        health.add(this);
    }

    private RunningStop begin(EmergencyStop stop) {
        return new RunningStop(stop, clock, nanos);
    }

    /** The stops that count now, the oldest first. */
    public List<EmergencyStop> inForce() {
        return running.stream()
                .filter(stop -> !stop.isOver())
                .map(RunningStop::stop)
                .toList();
    }

    /** What the stops that count now leave of TLS. */
    public TlsLimits tlsLimits() {
        return TlsLimits.of(inForce());
    }

    /** Is told, by whoever changes them and before he goes on, that other stops count than before. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Is not told any more. */
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Stops something, or gives a stop a later end; when this returns a restart does not forget it.
     *
     * @throws IOException if it cannot be written down; it counts all the same until this server ends
     */
    public Change stop(EmergencyStop stop) throws IOException {
        Change change;
        IOException unwrittenNow = null;
        synchronized (this) {
            change = add(stop);
            try {
                write(); // also what could not be written before
            } catch (IOException e) {
                unwrittenNow = e;
            }
        }
        if (change != Change.NONE) {
            tellAll();
        }
        if (unwrittenNow != null) {
            throw unwrittenNow;
        }
        return change;
    }

    /** At once and before it is written: a full disk is no reason to go on sending. */
    private Change add(EmergencyStop stop) {
        List<RunningStop> all = new ArrayList<>(alive());
        Optional<RunningStop> known = all.stream()
                .filter(old -> old.stop().isAbout(stop.what(), stop.name()))
                .findFirst();
        if (known.isEmpty()) {
            all.add(begin(stop));
            LOGGER.warn("emergency: {} is {}", stop.rule(), stop.told());
            running = List.copyOf(all);
            return Change.STOPPED;
        }
        EmergencyStop old = known.get().stop();
        boolean later = old.until().isPresent()
                && stop.until().filter(end -> end.isAfter(old.until().get())).isPresent();
        if (!later) {
            return Change.NONE; // an earlier end is no order to stop: that is what resume is for
        }
        EmergencyStop extended = old.withUntil(stop.until().get());
        all.set(all.indexOf(known.get()), begin(extended));
        LOGGER.warn("emergency: {} is extended by {}: {}", extended.rule(), stop.by(), extended.told());
        running = List.copyOf(all);
        return Change.EXTENDED;
    }

    private List<RunningStop> alive() {
        return running.stream().filter(stop -> !stop.isOver()).toList();
    }

    private void write() throws IOException {
        try {
            file.write(inForce());
            unwritten = false;
        } catch (IOException e) {
            unwritten = true;
            throw e;
        }
    }

    /**
     * Lets mail go on.
     *
     * @return false if it was not stopped
     * @throws IOException if it cannot be written down; then it is stopped as before
     */
    public boolean resume(What what, String name, String by) throws IOException {
        synchronized (this) {
            List<RunningStop> before = alive();
            List<RunningStop> fewer = before.stream()
                    .filter(each -> !each.stop().isAbout(what, name))
                    .toList();
            if (fewer.size() == before.size()) {
                return false;
            }
            file.write(fewer.stream().map(RunningStop::stop).toList());
            running = fewer;
            unwritten = false;
            LOGGER.warn("emergency: {} lets {} {} go on", by, what.word(), name);
        }
        tellAll();
        return true;
    }

    /** Forgets what is over, and writes what could not be written before. Gives what has ended by itself, each stop once. */
    List<EmergencyStop> endOverdue() {
        List<EmergencyStop> ended;
        synchronized (this) {
            ended = running.stream()
                    .filter(RunningStop::isOver)
                    .map(RunningStop::stop)
                    .toList();
            if (ended.isEmpty() && !unwritten) {
                return List.of();
            }
            running = alive();
            try {
                write();
            } catch (IOException e) {
                LOGGER.error("the file of emergency stops cannot be written; it is tried again", e);
            }
        }
        ended.forEach(stop -> LOGGER.warn("emergency: {} has ended by itself", stop.rule()));
        if (!ended.isEmpty()) {
            tellAll();
        }
        return ended;
    }

    private void tellAll() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException | LinkageError e) {
                LOGGER.error("an emergency stop does not reach everybody at once", e);
            }
        }
    }

    @Override
    public List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>();
        for (EmergencyStop stop : inForce()) {
            problems.add(degraded(stop.rule() + " is " + stop.told() + "; " + effect(stop)));
        }
        if (unwritten) {
            problems.add(degraded("what is stopped cannot be written to " + file.path() + ": a restart forgets it"));
        }
        return problems;
    }

    private static HealthProblem degraded(String message) {
        return new HealthProblem(HealthProblem.Severity.DEGRADED, "emergency stop", message);
    }

    private static String effect(EmergencyStop stop) {
        String end = stop.until().isPresent() ? "until then, or until it is resumed" : "until it is resumed";
        return switch (stop.what()) {
            case CLASS, DESTINATION, ALL -> "its mail waits " + end;
            case NO_TLS -> "general mail goes in cleartext and protected mail waits " + end;
            case SERVER -> "nothing is taken and nothing is sent " + end;
            case REFUSE_VERSION, REFUSE_CIPHER -> "it is neither offered nor good enough " + end;
        };
    }
}
