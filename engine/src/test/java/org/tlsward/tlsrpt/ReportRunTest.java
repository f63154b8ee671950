/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

class ReportRunTest {
    @TempDir
    Path directory;

    private record Sent(String domain, String uri, TlsReport report) {}

    private final SettableClock clock = new SettableClock("2026-11-22T12:00:00Z");
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Map<String, DnsAnswer<String>> dns = new HashMap<>();
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    private volatile Delivery answer = new Delivery.Done();
    private volatile Optional<Reporter> reporter = Optional.of(new Reporter("Klinik", "tls@klinik.example"));

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void everyUriOfEveryDomainThatAsksShouldGetItsReport() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example,https://one.example/r");
        publish("two.example", "v=TLSRPTv1; rua=mailto:b@two.example");
        publish("none.example", "v=spf1 -all");
        count("one.example", "two.example", "none.example", "silent.example");

        clock.set("2026-11-23T04:00:00Z");
        run().tick();

        assertThat(sent)
                .extracting(Sent::uri)
                .containsExactlyInAnyOrder("mailto:a@one.example", "https://one.example/r", "mailto:b@two.example");
        assertThat(sent).allSatisfy(each -> {
            assertThat(each.report().policies())
                    .singleElement()
                    .satisfies(policy -> assertThat(policy.policy().domain()).isEqualTo(each.domain()));
            assertThat(each.report().start()).isEqualTo("2026-11-22T00:00:00Z");
            assertThat(each.report().end()).isEqualTo("2026-11-22T23:59:59Z");
        });
        assertThat(sent.stream().map(each -> each.report().id()).distinct()).hasSize(2);
        assertThat(new CountStore(directory).days()).isEmpty();
    }

    @Test
    void runShouldNotWaitForItsOwnTime() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        count("one.example");
        clock.set("2026-11-23T04:00:00Z");
        clock.tickEachTime(Duration.ofMillis(700));

        run().tick();

        assertThat(sent).hasSize(1);
    }

    @Test
    void nothingShouldBeSentAboutADayThatIsNotOver() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        count("one.example");

        clock.set("2026-11-22T23:59:59Z");
        run().tick();

        assertThat(sent).isEmpty();
        assertThat(new CountStore(directory).days()).hasSize(1);
    }

    @Test
    void lastSecondsOfADayShouldBeInItsReport() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        publish("late.example", "v=TLSRPTv1; rua=mailto:a@late.example");
        SessionCounts counts = new SessionCounts(new CountStore(directory), clock);
        clock.set("2026-11-22T23:59:55Z");
        counts.count(Sessions.good("one.example"));
        counts.flush();
        counts.count(Sessions.good("late.example"));

        clock.set("2026-11-23T00:00:02Z");
        ReportRun run = run();
        run.tick();
        counts.flush();
        clock.set("2026-11-23T04:00:00Z");
        run.tick();

        assertThat(sent).extracting(Sent::domain).containsExactlyInAnyOrder("one.example", "late.example");
    }

    @Test
    void turnsShouldBeSpreadOverFourHours() {
        String[] domains = new String[200];
        for (int i = 0; i < domains.length; i++) {
            domains[i] = "d" + i + ".example";
            publish(domains[i], "v=TLSRPTv1; rua=mailto:a@d" + i + ".example");
        }
        count(domains);
        ReportRun run = run();

        clock.set("2026-11-23T00:05:00Z");
        run.tick();
        assertThat(sent).hasSizeLessThan(5);
        clock.advance(Duration.ofHours(2));
        run.tick();
        assertThat(sent).hasSizeBetween(60, 140);
        clock.advance(Duration.ofHours(2));
        run.tick();
        assertThat(sent).hasSize(200);
    }

    @Test
    void whatFailsShouldBeTriedAgainForADayWithTheSameId() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        count("one.example");
        answer = new Delivery.Failed("not now");

        clock.set("2026-11-23T04:00:00Z");
        run().tick();
        assertThat(sent).hasSize(1);
        run().tick();
        assertThat(sent).as("not at once").hasSize(1);
        for (int i = 0; i < 24 * 12 + 1; i++) {
            clock.advance(Duration.ofMinutes(5));
            run().tick(); // a new one each time, as after a restart
        }

        assertThat(sent).hasSizeBetween(8, 20);
        assertThat(sent.stream().map(each -> each.report().id()).distinct()).hasSize(1);
        assertThat(new CountStore(directory).days()).as("given up").isEmpty();
    }

    @Test
    void killBetweenShouldNotSendTwice() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example,mailto:b@one.example");
        dns.put("_smtp._tls.two.example", new DnsAnswer.Failed<>(DnsAnswer.Trouble.TIMEOUT, "no answer"));
        count("one.example", "two.example");

        clock.set("2026-11-23T04:00:00Z");
        run().tick();
        assertThat(sent).hasSize(2);

        publish("two.example", "v=TLSRPTv1; rua=mailto:c@two.example");
        clock.advance(Duration.ofMinutes(10));
        run().tick();
        assertThat(sent).hasSize(3);
        assertThat(sent.get(2).uri()).isEqualTo("mailto:c@two.example");
    }

    @Test
    void impossibleShouldNotBeTriedAgain() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        count("one.example");
        answer = new Delivery.Impossible("no key");

        clock.set("2026-11-23T04:00:00Z");
        run().tick();

        assertThat(sent).hasSize(1);
        assertThat(new CountStore(directory).days()).isEmpty();
    }

    @Test
    void whoHasNoContactShouldSendNothingAndKeepNothing() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        count("one.example");
        reporter = Optional.empty();

        clock.set("2026-11-23T04:00:00Z");
        run().tick();

        assertThat(sent).isEmpty();
        assertThat(new CountStore(directory).days()).isEmpty();
    }

    @Test
    void reportsShouldNotComeAfterDays() {
        publish("one.example", "v=TLSRPTv1; rua=mailto:a@one.example");
        count("one.example");

        clock.set("2026-11-26T00:05:00Z");
        run().tick();

        assertThat(sent).isEmpty();
        assertThat(new CountStore(directory).days()).isEmpty();
    }

    private ReportRun run() {
        return new ReportRun(
                directory,
                new ReportRun.Parts(
                        () -> reporter,
                        name -> dns.getOrDefault(name, new DnsAnswer.Absent<>(false, Security.INSECURE)),
                        (by, domain, report, uri) -> {
                            sent.add(new Sent(domain, uri.text(), report));
                            return answer;
                        },
                        clock,
                        new Random(1),
                        workers));
    }

    private void publish(String domain, String txt) {
        dns.put("_smtp._tls." + domain, new DnsAnswer.Found<>(List.of(txt), Security.INSECURE));
    }

    private void count(String... domains) {
        SessionCounts counts = new SessionCounts(new CountStore(directory), clock);
        for (String domain : domains) {
            counts.count(Sessions.good(domain));
        }
        counts.flush();
    }
}
