/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.filesystem.api.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/**
 * What an operator has stopped in an emergency: mail of a class, mail to a destination, or all protected mail. It is neither sent nor lost:
 * incoming mail stays with whoever sends it, outgoing mail waits and is withheld when the time of its class is over.
 *
 * <p>A stop survives a restart ({@code var/tlsward/emergency-stops}) and shows in the health check. It holds every attempt that begins
 * after it; one that is under way ends as it began.
 */
@Singleton
public class EmergencyStops implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmergencyStops.class);

    private final StopFile file;
    private volatile List<EmergencyStop> stops;

    /**
     * Guice calls this.
     *
     * @throws java.io.UncheckedIOException if what was stopped before cannot be read: nothing may go out for that
     */
    @Inject
    public EmergencyStops(FileSystem files, WardHealth health) {
        this.file = new StopFile(
                ServerPaths.of(files, "file://var/").resolve("tlsward").resolve("emergency-stops"));
        this.stops = file.read();
        health.add(this);
    }

    /** The stops that count now, the oldest first. */
    public List<EmergencyStop> inForce() {
        return stops;
    }

    /**
     * Stops mail; when this returns a restart does not forget it.
     *
     * @return false if it was stopped already: the older stop stays as it is
     * @throws IOException if it cannot be written down; it counts all the same until this server ends
     */
    public synchronized boolean stop(EmergencyStop stop) throws IOException {
        if (stops.stream().anyMatch(old -> old.isAbout(stop.what(), stop.name()))) {
            file.write(stops); // what could not be written before
            return false;
        }
        List<EmergencyStop> more = new ArrayList<>(stops);
        more.add(stop);
        // At once: a full disk is no reason to go on sending.
        stops = List.copyOf(more);
        LOGGER.warn("emergency: {} is {}", stop.rule(), stop.told());
        file.write(stops);
        return true;
    }

    /**
     * Lets mail go on.
     *
     * @return false if it was not stopped
     * @throws IOException if it cannot be written down; then it is stopped as before
     */
    public synchronized boolean resume(What what, String name, String by) throws IOException {
        List<EmergencyStop> fewer =
                stops.stream().filter(stop -> !stop.isAbout(what, name)).toList();
        if (fewer.size() == stops.size()) {
            return false;
        }
        file.write(fewer);
        stops = fewer;
        LOGGER.warn("emergency: {} lets {} {} go on", by, what.word(), name);
        return true;
    }

    @Override
    public List<HealthProblem> problems() {
        return stops.stream()
                .map(stop -> new HealthProblem(
                        HealthProblem.Severity.DEGRADED,
                        "emergency stop",
                        stop.rule() + " is " + stop.told() + "; its mail waits until it is resumed"))
                .toList();
    }
}
