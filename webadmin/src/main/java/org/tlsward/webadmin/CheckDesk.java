/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tlsward.check.CheckContext;
import org.tlsward.config.LiveWard.Snapshot;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.Outlet;
import org.tlsward.james.ServerFacts;
import org.tlsward.james.Ward;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.Transcript;

/**
 * Lets visitors ask other servers on the way of a delivery: by the configuration in force, with the DNS and the MTA-STS policies of the
 * deliveries, but with connections and a memory of hosts of its own, so that no delivery notices. A check is traffic to strangers, so there are
 * few at once and each has an end.
 */
@Singleton
class CheckDesk {
    private static final int AT_ONCE = 2;
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Ward ward;
    private final ServerFacts facts;
    private final EmergencyStops stops;
    private final Duration limit;
    /** Whoever finds no thread free is refused. One that is too late keeps its thread until its time limits end it. */
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, AT_ONCE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), CheckDesk::thread);

    /** Guice calls this. */
    @Inject
    CheckDesk(Ward ward, ServerFacts facts, EmergencyStops stops) {
        this(ward, facts, stops, LIMIT);
    }

    CheckDesk(Ward ward, ServerFacts facts, EmergencyStops stops, Duration limit) {
        this.ward = ward;
        this.facts = facts;
        this.stops = stops;
        this.limit = limit;
    }

    /** Something that is to be found out. */
    interface Question<T> {
        T ask(CheckContext context) throws IOException;
    }

    /**
     * Asks.
     *
     * @throws IOException if there is too much to do, or it takes too long, or it cannot be found out
     * @throws IllegalArgumentException if it makes no sense
     */
    <T> T ask(Question<T> question) throws IOException {
        Future<T> answer;
        try {
            answer = threads.submit(() -> opened(question));
        } catch (RejectedExecutionException e) {
            throw new IOException("busy: " + AT_ONCE + " checks are under way, please try again in a minute", e);
        }
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(
                    "no answer in " + limit.toSeconds() + " seconds: a host is slow (tlsward check waits longer)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    private static IOException thrown(ExecutionException e) {
        if (e.getCause() instanceof IllegalArgumentException senseless) {
            throw senseless;
        }
        return e.getCause() instanceof IOException failed
                ? failed
                : new IOException("an error in this server: " + e.getCause(), e.getCause());
    }

    private <T> T opened(Question<T> question) throws IOException {
        var shared = facts.take();
        try {
            Snapshot now = ward.current();
            Outlet outlet = facts.outlet();
            Clock clock = Clock.systemUTC();
            try (OutboundDelivery outbound =
                    OutboundDelivery.open(now.configuration(), patient(outlet.options()), shared, clock)) {
                FetchSettings fetching =
                        FetchSettings.standard(now.configuration().internalNetworks());
                CheckContext.Parts parts =
                        new CheckContext.Parts(now.configuration(), now.classes(), outbound, fetching, clock);
                CheckContext context = new CheckContext(parts, progress -> {}, Optional.empty())
                        .by(outlet.gateway(), outlet.login())
                        .under(stops.inForce());
                return question.ask(context);
            }
        } finally {
            facts.release();
        }
    }

    /** As the mailet delivers, but for a person who waits. */
    private static OutboundDelivery.Options patient(OutboundDelivery.Options options) {
        return new OutboundDelivery.Options(
                options.port(),
                options.heloName(),
                options.bind(),
                options.connections(),
                new OutboundDelivery.Conversation(StepTimes.uniform(STEP, LIMIT), Transcript.NONE));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "tlsward-check");
        thread.setDaemon(true);
        return thread;
    }
}
