/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.mtasts.StsAnswer.Known;
import org.tlsward.mtasts.StsAnswer.LookupFailed;
import org.tlsward.mtasts.StsPolicy.Mode;

@Timeout(60)
class StsCacheConcurrencyTest {
    private final StsWorld world = new StsWorld();
    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final CountDownLatch slowHostAsked = new CountDownLatch(1);
    private final CountDownLatch slowHostAnswers = new CountDownLatch(1);
    private final AtomicInteger fetches = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        slowHostAnswers.countDown();
        askers.shutdownNow();
    }

    private StsCache cache(PolicyFetcher fetcher) {
        StsTiming timing = new StsTiming(world.clock, new Random(1), new ScheduledThreadPoolExecutor(1));
        return StsCache.open(world.dns, fetcher, directory, timing);
    }

    private StsFetch slow(String domain) {
        fetches.incrementAndGet();
        if (domain.equals("slow.example")) {
            slowHostAsked.countDown();
            try {
                slowHostAnswers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return StsPolicyText.parse(StsWorld.text(Mode.ENFORCE, Duration.ofDays(1)));
    }

    @Test
    void askersOfOneDomainShouldShareAFetchAndHoldUpNobodyElse() throws Exception {
        world.publishes("slow.example", "1");
        world.publishes("fast.example", "1");
        try (StsCache cache = cache(this::slow)) {
            List<Future<StsAnswer>> waiting = IntStream.range(0, 8)
                    .mapToObj(i -> askers.submit(() -> cache.of("slow.example")))
                    .toList();
            slowHostAsked.await();
            assertThat(cache.of("fast.example")).isInstanceOf(Known.class);
            assertThat(waiting).noneMatch(Future::isDone);

            slowHostAnswers.countDown();
            for (Future<StsAnswer> answer : waiting) {
                assertThat(answer.get()).isInstanceOf(Known.class);
            }
            assertThat(fetches).hasValue(2);
        }
    }

    @Test
    void aMistakeOfTheFetcherShouldDeferAndLeaveNothingBehind() {
        world.publishes("a.example", "1");
        AtomicInteger calls = new AtomicInteger();
        try (StsCache cache = cache(domain -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("a mistake");
            }
            return slow(domain);
        })) {
            assertThat(cache.of("a.example")).isInstanceOf(LookupFailed.class);
            assertThat(cache.of("a.example")).isInstanceOf(Known.class);
        }
    }

    @Test
    void anAskerThatIsInterruptedShouldNotWait() throws Exception {
        world.publishes("slow.example", "1");
        try (StsCache cache = cache(this::slow)) {
            Future<StsAnswer> first = askers.submit(() -> cache.of("slow.example"));
            slowHostAsked.await();
            Thread.currentThread().interrupt();
            assertThat(cache.of("slow.example")).isInstanceOf(LookupFailed.class);
            assertThat(Thread.interrupted()).isTrue();

            slowHostAnswers.countDown();
            assertThat(first.get()).isInstanceOf(Known.class);
        }
    }
}
