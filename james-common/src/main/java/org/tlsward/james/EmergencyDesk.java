/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.evidence.EvidenceEmergency;
import org.tlsward.james.EmergencyStops.Change;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/**
 * Where operators order stops and let mail go on, and where stops end by themselves: each of it is evidence, and after each end what waits is
 * tried at once. Looks once a second for what is over; the stops themselves do not count any more from the very moment.
 */
@Singleton
public class EmergencyDesk {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmergencyDesk.class);

    private final EmergencyStops stops;
    private final WardEvidence evidence;
    private final OutgoingMail outgoing;
    private final Clock clock;
    private final List<Runnable> chores = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(EmergencyDesk::thread);

    /** Guice calls this. */
    @Inject
    public EmergencyDesk(EmergencyStops stops, WardEvidence evidence, OutgoingMail outgoing) {
        this(stops, evidence, outgoing, Clock.systemUTC());
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** One that looks for what is over only when it is told to. */
    public EmergencyDesk(EmergencyStops stops, WardEvidence evidence, OutgoingMail outgoing, Clock clock) {
        this.stops = stops;
        this.evidence = evidence;
        this.outgoing = outgoing;
        this.clock = clock;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "tlsward-emergency");
        thread.setDaemon(true);
        return thread;
    }

    /** What is to be done as often as this desk looks at the clock, for example what could not be done at once. */
    public void everySecond(Runnable chore) {
        chores.add(chore);
    }

    /** Looks what is over. */
    public void tick() {
        quietly(() -> stops.endOverdue().forEach(this::ended));
        chores.forEach(EmergencyDesk::quietly);
    }

    /** A timer ends with the first exception. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("emergency stops: an inner error", e);
        }
    }

    private void ended(EmergencyStop stop) {
        evidence.note(List.of(EvidenceEmergency.ended(now(), stop)));
        try {
            retry(stop.what(), stop.name());
        } catch (IOException e) {
            LOGGER.warn("{} has ended, but its mail goes on in its own time: {}", stop.rule(), e.toString());
        }
    }

    /** This moment, as it is written down. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Stops something, or gives a stop a later end.
     *
     * @throws IOException if it cannot be written down; it counts all the same until this server ends
     */
    public Change stop(EmergencyStop stop) throws IOException {
        List<EmergencyStop> before = stops.inForce();
        try {
            return stops.stop(stop);
        } finally {
            // It counts even if it could not be written down.
            stops.inForce().stream()
                    .filter(each -> each.isAbout(stop.what(), stop.name()) && !before.contains(each))
                    .forEach(each -> evidence.note(List.of(line(stop, each))));
        }
    }

    private EvidenceEmergency line(EmergencyStop order, EmergencyStop made) {
        return made.equals(order)
                ? EvidenceEmergency.stopped(made)
                : EvidenceEmergency.extended(now(), made, order.by(), order.why());
    }

    /**
     * Lets mail go on and tries at once what waits.
     *
     * @return false if it was not stopped
     * @throws IOException if it cannot be written down, then it is stopped as before; or if what waits cannot be tried at once
     */
    public boolean resume(What what, String name, String by) throws IOException {
        if (!stops.resume(what, name, by)) {
            return false;
        }
        evidence.note(List.of(EvidenceEmergency.resumed(now(), what, name, by)));
        try {
            retry(what, name);
            return true;
        } catch (IOException e) {
            throw new IOException("it is stopped no more, but its mail goes on in its own time: " + e.getMessage(), e);
        }
    }

    private void retry(What what, String name) throws IOException {
        outgoing.retryNow(what == What.DESTINATION && !name.startsWith(".") ? Optional.of(name) : Optional.empty());
    }

    /** Guice calls this when James stops. */
    @PreDestroy
    public void close() {
        timer.shutdownNow();
    }
}
