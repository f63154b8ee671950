/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.TlsReportSettings;
import org.tlsward.config.TlsReportSettings.Signing;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;
import org.tlsward.tlsrpt.CountStore;
import org.tlsward.tlsrpt.HttpsPost;
import org.tlsward.tlsrpt.ObservedSession;
import org.tlsward.tlsrpt.ReportRun;
import org.tlsward.tlsrpt.Reporter;
import org.tlsward.tlsrpt.SessionCounts;

/**
 * The TLS reports of this server: counts what delivery tells it, and sends what is due. Everything it must remember is below {@code
 * var/tlsrpt}; a crash loses the counts of ten seconds.
 */
@Singleton
public class TlsReportService implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(TlsReportService.class);
    private static final int SECONDS_BETWEEN_FLUSHES = 10;
    private static final int SECONDS_BETWEEN_RUNS = 60;
    private static final int SECONDS_TO_FIRST_RUN = 5;
    private static final int WORKERS = 8;

    private final Ward ward;
    private final SessionCounts counts;
    private final ReportRun run;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> daemon(task, "worker"));
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, task -> daemon(task, "timer"));
    private volatile Optional<HealthProblem> keyProblem = Optional.empty();

    /**
     * Guice calls this.
     *
     * @param context made when the first mail goes: while James makes what extensions bring, there is none yet
     */
    @Inject
    public TlsReportService(
            FileSystem files, Ward ward, WardHealth health, ServerFacts facts, Provider<MailetContext> context) {
        this.ward = ward;
        Path directory = ServerPaths.of(files, "file://var/").resolve("tlsrpt");
        Clock clock = Clock.systemUTC();
        counts = new SessionCounts(new CountStore(directory), clock);
        run = new ReportRun(
                directory,
                new ReportRun.Parts(
                        this::reporter,
                        facts::txt,
                        new TlsReportOutlet(
                                context::get,
                                this::signing,
                                TlsReportOutlet.unlessStopped(facts::tlsLimits, HttpsPost.toPublicAddresses()),
                                clock),
                        clock,
                        new SecureRandom(),
                        workers));
        tryKey();
        health.add(this);
        every(SECONDS_BETWEEN_FLUSHES, SECONDS_BETWEEN_FLUSHES, counts::flush);
        every(SECONDS_TO_FIRST_RUN, SECONDS_BETWEEN_RUNS, this::runOnce);
    }

    private void every(int first, int seconds, Runnable task) {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(() -> quietly(task), first, seconds, TimeUnit.SECONDS);
    }

    /** Counts a session, if we send reports. Never throws. */
    public void count(ObservedSession session) {
        if (reporter().isPresent()) {
            quietly(() -> counts.count(session));
        }
    }

    /** True if we send reports: whoever observes sessions may spare the trouble otherwise. */
    public boolean isReporting() {
        return reporter().isPresent();
    }

    /** Does what is due now. The timer does it every minute. */
    synchronized void runOnce() {
        tryKey();
        run.tick();
    }

    /** Guice calls this when James stops. */
    @PreDestroy
    public void stop() {
        timer.shutdownNow();
        workers.shutdownNow();
        counts.flush();
    }

    @Override
    public List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>(counts.problems());
        keyProblem.ifPresent(problems::add);
        return problems;
    }

    private Optional<Reporter> reporter() {
        return ward.current().configuration().tlsReports().flatMap(settings -> settings.contact()
                .map(contact -> new Reporter(settings.organization().orElse(contact.domain()), contact.asAddress())));
    }

    private Optional<Signing> signing() {
        return ward.current().configuration().tlsReports().flatMap(TlsReportSettings::signing);
    }

    private void tryKey() {
        keyProblem = reporter().isEmpty() ? Optional.empty() : problemOfKey();
    }

    private Optional<HealthProblem> problemOfKey() {
        Optional<Signing> signing = signing();
        if (signing.isEmpty()) {
            return degraded("no TLS report is sent by mail: there is no key to sign them (expected: dkimKey and"
                    + " dkimSelector in <tlsrpt> of tlsward.xml)");
        }
        try {
            new TlsReportSigner(signing.get());
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return degraded("no TLS report is sent by mail: " + e.getMessage());
        }
    }

    private static Optional<HealthProblem> degraded(String message) {
        return Optional.of(new HealthProblem(Severity.DEGRADED, "tlsrpt", message));
    }

    /** Insecure answers do: RFC 8460 §3 asks for no DNSSEC, and the record opens no door. */
    /** A timer ends with the first exception, and a delivery must not fail for its count. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("TLS reports: an inner error", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "tlsrpt-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
