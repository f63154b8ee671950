/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.dns.DnsAnswer;

/**
 * Sends the reports about days that are over: to every URI of every domain that we had sessions with and that asks for reports. Each domain
 * has its turn at a random moment of the first four hours after midnight (RFC 8460 §4.1 asks not to be all at once).
 */
public final class ReportRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReportRun.class);
    private static final Duration JITTER = Duration.ofHours(4);

    /** What was counted in the last seconds of a day has reached the disk by then. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    /** A day that nobody could be told of for so long is of no use to anybody. */
    private static final int OLDEST_DAYS = 3;

    /** What is done before the progress is stored again. */
    private static final int BATCH = 64;

    private final CountStore counts;
    private final ReportProgress.Store progress;
    private final Parts parts;

    /**
     * What it works with.
     *
     * @param reporter who we are now; empty if we send no reports
     * @param txt asks for the TXT records of a name
     * @param outlet sends reports
     * @param clock says when a day is over
     * @param random for turns and ids
     * @param workers for look-ups and deliveries
     */
    public record Parts(
            Supplier<Optional<Reporter>> reporter,
            TxtLookup txt,
            Outlet outlet,
            Clock clock,
            RandomGenerator random,
            ExecutorService workers) {}

    /** Asks for the TXT records of a name; blocks within a time limit of its own and never throws. */
    @FunctionalInterface
    public interface TxtLookup {
        /** The TXT records of a name. */
        DnsAnswer<String> txt(String name);
    }

    /** Sends reports; blocks within a time limit of its own. */
    @FunctionalInterface
    public interface Outlet {
        /** Sends one report to one URI. */
        Delivery send(Reporter reporter, String domain, TlsReport report, ReportUri uri);
    }

    /** Works on the counts below that directory, which {@link SessionCounts} fills. */
    public ReportRun(Path directory, Parts parts) {
        this.counts = new CountStore(directory);
        this.progress = new ReportProgress.Store(directory);
        this.parts = parts;
    }

    /** Does what is due. To be called every minute, by one thread. */
    public void tick() {
        LocalDate today = LocalDate.ofInstant(parts.clock().instant().minus(SETTLED), ZoneOffset.UTC);
        for (LocalDate day : counts.days()) {
            if (!day.isBefore(today)) {
                continue;
            }
            Optional<Reporter> reporter = parts.reporter().get();
            if (reporter.isEmpty() || day.isBefore(today.minusDays(OLDEST_DAYS))) {
                LOGGER.info("TLS reports about {} are not sent any more", day);
                forget(day);
                continue;
            }
            try {
                work(day, reporter.get());
            } catch (IOException e) {
                LOGGER.warn("TLS reports about {} wait: {}", day, e.toString());
            }
        }
    }

    private void work(LocalDate day, Reporter reporter) throws IOException {
        Instant now = parts.clock().instant();
        Optional<ReportProgress> stored = progress.read(day);
        if (stored.isPresent() && stored.get().tasks().stream().noneMatch(task -> isDue(task, now))) {
            return;
        }
        Optional<DayCounts> counted = counts.read(day);
        if (counted.isEmpty()) {
            forget(day);
            return;
        }
        ReportProgress current = stored.orElseGet(() -> begin(counted.get()));
        if (stored.isEmpty()) {
            progress.write(day, current);
        }
        List<ReportTask> left = new ArrayList<>(current.tasks());
        // The time anew for each batch: who has been asked for its record gets its report at once.
        for (List<ReportTask> due = due(left); !due.isEmpty(); due = due(left)) {
            left.removeAll(due);
            left.addAll(run(due, new Subject(counted.get(), current, reporter)));
            progress.write(day, current.with(left));
        }
        if (left.isEmpty()) {
            forget(day);
        }
    }

    private List<ReportTask> due(List<ReportTask> tasks) {
        Instant now = parts.clock().instant();
        return tasks.stream().filter(task -> isDue(task, now)).limit(BATCH).toList();
    }

    private static boolean isDue(ReportTask task, Instant now) {
        return !task.next().isAfter(now);
    }

    private void forget(LocalDate day) {
        counts.delete(day); // first: progress without counts is harmless, counts without progress are sent again
        progress.delete(day);
    }

    /** What every task of a day is about. */
    private record Subject(DayCounts counts, ReportProgress progress, Reporter reporter) {
        TlsReport report(String domain) {
            String id = progress.reportId(counts.day(), domain, reporter);
            return TlsReport.aboutDay(counts.day(), reporter, id, counts.of(domain));
        }
    }

    private ReportProgress begin(DayCounts counted) {
        Instant midnight =
                counted.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (counted.leftOut() > 0) {
            LOGGER.warn(
                    "{} sessions of {} are in no TLS report: they were with more domains than we count",
                    counted.leftOut(),
                    counted.day());
        }
        Instant now = parts.clock().instant();
        return new ReportProgress(
                Long.toHexString(parts.random().nextLong()),
                counted.domains().stream()
                        .map(domain -> {
                            Instant turn = midnight.plusSeconds(
                                    parts.random().nextLong(SETTLED.toSeconds(), JITTER.toSeconds()));
                            return ReportTask.first(domain, turn.isBefore(now) ? now : turn);
                        })
                        .toList());
    }

    /** What is left to do after these have been tried, at once. */
    private List<ReportTask> run(List<ReportTask> due, Subject subject) {
        List<Future<List<ReportTask>>> running = due.stream()
                .map(task -> parts.workers().submit(() -> run(task, subject)))
                .toList();
        List<ReportTask> left = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            try {
                left.addAll(running.get(i).get());
            } catch (ExecutionException e) {
                LOGGER.error("a TLS report to {} failed inside", due.get(i).domain(), e.getCause());
                due.get(i).later(parts.clock().instant()).ifPresent(left::add);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                due.get(i).later(parts.clock().instant()).ifPresent(left::add);
            }
        }
        return left;
    }

    private List<ReportTask> run(ReportTask task, Subject subject) {
        return task.target().isPresent() ? deliver(task, task.target().get(), subject) : lookUp(task);
    }

    private List<ReportTask> lookUp(ReportTask task) {
        Instant now = parts.clock().instant();
        DnsAnswer<String> answer = parts.txt().txt(TlsRptRecord.ownerName(task.domain()));
        if (answer instanceof DnsAnswer.Failed<String> failed) {
            LOGGER.info("the TLS report to {} waits: {}", task.domain(), failed.why());
            return task.later(now).stream().toList();
        }
        if (answer instanceof DnsAnswer.Found<String> found) {
            // RFC 8460 §3: we send to all of them
            return TlsRptRecord.parse(found.records()).map(TlsRptRecord::uris).orElse(List.of()).stream()
                    .map(uri -> task.to(uri, now))
                    .toList();
        }
        return List.of();
    }

    private List<ReportTask> deliver(ReportTask task, ReportUri uri, Subject subject) {
        Delivery delivery = parts.outlet().send(subject.reporter(), task.domain(), subject.report(task.domain()), uri);
        if (delivery instanceof Delivery.Failed failed) {
            Optional<ReportTask> later = task.later(parts.clock().instant());
            LOGGER.info(
                    "the TLS report about {} to {} {}: {}",
                    task.domain(),
                    uri.text(),
                    later.isPresent() ? "waits" : "is given up",
                    failed.why());
            return later.stream().toList();
        }
        if (delivery instanceof Delivery.Impossible impossible) {
            LOGGER.warn("no TLS report about {} to {}: {}", task.domain(), uri.text(), impossible.why());
        } else {
            LOGGER.info("TLS report about {} sent to {}", task.domain(), uri.text());
        }
        return List.of();
    }
}
