/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;

/** Errors of ours that keep mail waiting: in the log, and for a day in the health check. */
final class InnerErrors implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(InnerErrors.class);
    private static final Duration SHOWN = Duration.ofDays(1);

    private final Clock clock;
    private Optional<Last> last = Optional.empty();

    private record Last(int count, Instant at, String message) {}

    InnerErrors(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes it down.
     *
     * @param what went wrong, and with which mail
     */
    void record(String what, Throwable error) {
        LOGGER.error("{}", what, error);
        Instant now = clock.instant();
        synchronized (this) {
            last = Optional.of(new Last(recent(now).map(Last::count).orElse(0) + 1, now, what + ": " + error));
        }
    }

    private synchronized Optional<Last> recent(Instant now) {
        return last.filter(each -> each.at().plus(SHOWN).isAfter(now));
    }

    @Override
    public List<HealthProblem> problems() {
        return recent(clock.instant()).stream()
                .map(each -> new HealthProblem(
                        HealthProblem.Severity.DEGRADED,
                        "outgoing mail",
                        each.count() + " inner errors keep mail waiting, the last one at " + each.at() + ": "
                                + each.message()))
                .toList();
    }
}
