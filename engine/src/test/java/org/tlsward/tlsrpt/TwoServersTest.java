/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.testing.SettableClock;

/**
 * Two servers that deliver mail of one site: each counts its own sessions and reports them, and who gets the reports adds them up. RFC 8460
 * §4.4 wants nothing of a report-id but that it is unique, §5.1 has a part of the file name for more than one sender.
 */
class TwoServersTest {
    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock("2026-11-22T12:00:00Z");
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final List<TlsReport> sent = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private ReportRun run(String node) {
        return new ReportRun(
                directory.resolve(node),
                new ReportRun.Parts(
                        () -> Optional.of(new Reporter("Klinik", "tls@klinik.example")),
                        name -> new DnsAnswer.Found<>(
                                List.of("v=TLSRPTv1; rua=mailto:a@one.example"), Security.INSECURE),
                        (reporter, domain, report, uri) -> {
                            sent.add(report);
                            return new Delivery.Done();
                        },
                        clock,
                        new Random(),
                        workers));
    }

    private void count(String node, int good, int bad) {
        SessionCounts counts = new SessionCounts(new CountStore(directory.resolve(node)), clock);
        for (int i = 0; i < good; i++) {
            counts.count(Sessions.good("one.example"));
        }
        for (int i = 0; i < bad; i++) {
            counts.count(Sessions.bad("one.example", ResultType.CERTIFICATE_EXPIRED));
        }
        counts.flush();
    }

    @Test
    void theSumOfTheirReportsShouldBeWhatTheWireSaw() {
        count("mx1", 3, 1);
        count("mx2", 5, 2);

        clock.set("2026-11-23T04:00:00Z");
        for (int times = 0; times < 3; times++) {
            run("mx1").tick();
            run("mx2").tick();
        }

        assertThat(sent).hasSize(2);
        assertThat(sent.stream().map(TlsReport::id).distinct()).hasSize(2);
        assertThat(sent.stream().map(TlsReport::start).distinct()).hasSize(1);
        assertThat(sum(PolicySummary::successful)).isEqualTo(8);
        assertThat(sum(PolicySummary::failed)).isEqualTo(3);
    }

    private long sum(java.util.function.ToLongFunction<PolicySummary> number) {
        return sent.stream()
                .flatMap(report -> report.policies().stream())
                .mapToLong(number)
                .sum();
    }
}
