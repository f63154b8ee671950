/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;

/**
 * Counts sessions, by days of UTC (RFC 8460 §4.1). They are in memory until {@link #flush}: a crash loses what came since the last one, and
 * nothing else. Thread-safe; counting touches no disk but for the first session after a start.
 */
public final class SessionCounts implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionCounts.class);

    private final CountStore store;
    private final Clock clock;
    private final Map<LocalDate, DayCounts> days = new HashMap<>();
    private final Set<LocalDate> changed = new HashSet<>();
    private volatile Optional<HealthProblem> problem = Optional.empty();

    /** Goes on where the store ends. */
    public SessionCounts(CountStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Counts a session today. */
    public synchronized void count(ObservedSession session) {
        LocalDate today = today();
        days.computeIfAbsent(today, day -> store.read(day).orElseGet(() -> new DayCounts(day)))
                .add(session);
        changed.add(today);
    }

    /** Writes what has changed, and forgets days that are over. To be called every few seconds, and before the end. */
    public void flush() {
        synchronized (store) { // one at a time; who counts waits for no disk
            Map<LocalDate, String> encoded = takeChanged();
            encoded.forEach((day, text) -> {
                try {
                    store.write(day, text);
                    problem = Optional.empty();
                } catch (IOException e) {
                    failed(day, e);
                }
            });
            forgetPast();
        }
    }

    private synchronized Map<LocalDate, String> takeChanged() {
        Map<LocalDate, String> encoded = new HashMap<>();
        changed.forEach(day -> encoded.put(day, CountStore.encode(days.get(day))));
        changed.clear();
        return encoded;
    }

    private synchronized void failed(LocalDate day, IOException e) {
        changed.add(day);
        if (problem.isEmpty()) {
            LOGGER.warn("the session counts for TLS reports cannot be stored; it is tried again", e);
        }
        problem = Optional.of(new HealthProblem(
                HealthProblem.Severity.DEGRADED, "tlsrpt", "the session counts cannot be stored: " + e));
    }

    private synchronized void forgetPast() {
        LocalDate today = today();
        days.keySet().removeIf(day -> day.isBefore(today) && !changed.contains(day));
    }

    @Override
    public List<HealthProblem> problems() {
        return problem.stream().toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
