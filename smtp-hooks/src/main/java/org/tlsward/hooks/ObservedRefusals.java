/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.policy.InboundGate.Unmet;
import org.tlsward.policy.SessionTls;

/**
 * Who would have been refused, had {@code observe} been {@code minimum}: a log line each time, and once a day (UTC) a summary by class,
 * client and recipient, so that an admin knows whom to call before the rule is made strict.
 */
@Singleton
public class ObservedRefusals {
    private static final Logger LOGGER = LoggerFactory.getLogger(ObservedRefusals.class);

    /** A scan of a whole network must not fill the heap. */
    private static final int MOST_LINES = 10_000;

    private final Clock clock;
    private final Map<String, Long> counts = new TreeMap<>();
    private LocalDate day;
    private long beyond;

    /** Guice calls this. */
    @Inject
    public ObservedRefusals() {
        this(Clock.systemUTC());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tlsward-observe-summary");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(this::logSummaryOfPastDay, 1, 1, TimeUnit.MINUTES);
    }

    ObservedRefusals(Clock clock) {
        this.clock = clock;
        this.day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    }

    /** Records one recipient that was accepted and that the observed rule would have refused. */
    public void add(String recipient, Unmet unmet, Optional<SessionTls> session, InetAddress client) {
        logSummaryOfPastDay();
        String seen = session.map(SessionTls::protocol).orElse("cleartext");
        String what = String.format(
                "class=%s client=%s recipient=%s needs=%s has=%s",
                unmet.rule().name(),
                client.getHostAddress(),
                recipient,
                unmet.minimum().word(),
                seen);
        LOGGER.info("observe: would have been refused {}", what);
        count(what);
    }

    private synchronized void count(String what) {
        if (counts.containsKey(what) || counts.size() < MOST_LINES) {
            counts.merge(what, 1L, Long::sum);
        } else {
            beyond++;
        }
    }

    /** Writes the summary if a day has ended since the last one. */
    void logSummaryOfPastDay() {
        takeSummaryOfPastDay().ifPresent(LOGGER::info);
    }

    /** The summary of the day that ended, once; empty while the day goes on or if nothing was observed. */
    synchronized Optional<String> takeSummaryOfPastDay() {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        if (today.equals(day)) {
            return Optional.empty();
        }
        StringBuilder summary = new StringBuilder("observe: on " + day + " would have been refused:");
        counts.forEach((what, times) ->
                summary.append("\n  ").append(times).append(" x ").append(what));
        if (beyond > 0) {
            summary.append("\n  and ").append(beyond).append(" more");
        }
        boolean any = !counts.isEmpty();
        counts.clear();
        beyond = 0;
        day = today;
        return any ? Optional.of(summary.toString()) : Optional.empty();
    }
}
