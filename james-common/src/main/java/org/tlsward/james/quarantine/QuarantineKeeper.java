/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;

/**
 * Looks after the quarantine every minute: sends back what has lain too long, writes the list of the day, keeps files closed, and tells the
 * health check what is wrong.
 *
 * <p>In a cluster each server does so. A mail that is sent back is gone for the others; in the rare case that two send it back in the same
 * minute its sender gets two notices. The list is to be switched off on all servers but one.
 */
@Singleton
public class QuarantineKeeper implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(QuarantineKeeper.class);
    private static final int SECONDS_TO_FIRST_LOOK = 30;
    private static final int SECONDS_BETWEEN_LOOKS = 60;
    private static final String COMPONENT = "quarantine";

    private final Quarantine quarantine;
    private final DailyDigest digest;
    private final Optional<ScheduledExecutorService> timer;
    private boolean started;
    private volatile List<HealthProblem> found = List.of();

    /** Guice calls this. */
    @Inject
    public QuarantineKeeper(Quarantine quarantine, Ward ward, WardHealth health) {
        this(
                quarantine,
                ward.stateDirectory(),
                Clock.systemUTC(),
                Optional.of(Executors.newSingleThreadScheduledExecutor(QuarantineKeeper::daemon)));
        health.add(this);
    }

    QuarantineKeeper(Quarantine quarantine, Path state, Clock clock, Optional<ScheduledExecutorService> timer) {
        this.quarantine = quarantine;
        this.digest = new DailyDigest(quarantine, state.resolve("quarantine-digest"), clock);
        this.timer = timer;
    }

    /** One that looks only when it is told to, for tests. */
    public static QuarantineKeeper resting(Quarantine quarantine, Path state, Clock clock) {
        return new QuarantineKeeper(quarantine, state, clock, Optional.empty());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "quarantine-keeper");
        thread.setDaemon(true);
        return thread;
    }

    /** There is something to look after. */
    public synchronized void start() {
        if (!started && timer.isPresent()) {
            ScheduledFuture<?> unused = timer.get()
                    .scheduleWithFixedDelay(this::look, SECONDS_TO_FIRST_LOOK, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        }
        started = true;
    }

    /** Guice calls this when James stops. */
    @PreDestroy
    public void stop() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
    }

    /** Does what is due now. Never throws: a timer ends with the first exception. */
    void look() {
        List<HealthProblem> problems = new ArrayList<>();
        quietly(problems, "mail that has lain too long cannot be sent back", () -> quarantine.expire(digest::expired));
        quietly(problems, "the list of withheld mail cannot be sent", digest::sendIfDue);
        quietly(problems, "the quarantine cannot be looked through", () -> problems.addAll(unreadable()));
        for (Shelf shelf : quarantine.shelves()) {
            shelf.files().ifPresent(files -> {
                files.close();
                files.problem().ifPresent(what -> problems.add(degraded(what)));
            });
        }
        found = List.copyOf(problems);
    }

    /** A step of a look. */
    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(List<HealthProblem> problems, String what, Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | LinkageError e) {
            LOGGER.error("{}", what, e);
            problems.add(degraded(what + ": " + e.getMessage()));
        }
    }

    private List<HealthProblem> unreadable() throws IOException {
        List<String> why = quarantine.list(Optional.empty(), Optional.empty(), Shelves.MOST_LOOKED_AT).stream()
                .filter(KeptMail::isUnreadable)
                .map(mail -> mail.why().sentence())
                .toList();
        return why.isEmpty()
                ? List.of()
                : List.of(new HealthProblem(
                        Severity.UNHEALTHY,
                        COMPONENT,
                        why.size() + " withheld mails cannot be read; one: " + why.get(0)));
    }

    private static HealthProblem degraded(String what) {
        return new HealthProblem(Severity.DEGRADED, COMPONENT, what);
    }

    @Override
    public List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>(quarantine.seal().problems());
        problems.addAll(found);
        return problems;
    }
}
