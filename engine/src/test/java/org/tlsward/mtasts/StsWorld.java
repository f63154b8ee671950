/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.mtasts.StsPolicy.Mode;
import org.tlsward.testing.FakeHostLookup;
import org.tlsward.testing.SettableClock;

/** A clock, DNS, policy hosts and background work, all by hand. */
final class StsWorld {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    static final String DOMAIN = "clinic.example";

    final FakeHostLookup dns = new FakeHostLookup();
    final SettableClock clock = new SettableClock(START);
    final Map<String, StsFetch> hosts = new ConcurrentHashMap<>();
    final List<String> fetches = new CopyOnWriteArrayList<>();
    private ByHand executor = new ByHand();

    /** Keeps what shall be done in the background until the test wants it done. */
    private static final class ByHand extends ScheduledThreadPoolExecutor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        ByHand() {
            super(0);
        }

        @Override
        public void execute(Runnable task) {
            if (isShutdown()) {
                throw new RejectedExecutionException("closed");
            }
            tasks.add(task);
        }
    }

    StsCache open(Path directory) {
        return open(directory, 1000);
    }

    /** A new process over the same directory. */
    StsCache open(Path directory, int most) {
        executor = new ByHand();
        StsTiming timing = new StsTiming(clock, new Random(1), executor);
        return new StsCache(dns, this::fetch, new StsStore(directory), timing, most);
    }

    private StsFetch fetch(String domain) {
        fetches.add(domain);
        return hosts.getOrDefault(domain, new StsFetch.Failed(StsFailure.FETCH, "connection refused"));
    }

    /** Does what waits to be done in the background, and tells how much that was. */
    int background() {
        int done = 0;
        for (Runnable task = executor.tasks.poll(); task != null; task = executor.tasks.poll()) {
            task.run();
            done++;
        }
        return done;
    }

    void publishes(String id) {
        publishes(DOMAIN, id);
    }

    void publishes(String domain, String id) {
        txt(domain, new Found<>(List.of("v=STSv1; id=" + id + ";"), Security.INSECURE));
    }

    void publishesNothing() {
        txt(DOMAIN, new Absent<>(false, Security.INSECURE));
    }

    void publishesTwo() {
        txt(DOMAIN, new Found<>(List.of("v=STSv1; id=1;", "v=STSv1; id=2;"), Security.INSECURE));
    }

    void dnsFails() {
        txt(DOMAIN, new DnsAnswer.Failed<>(Trouble.TIMEOUT, "no answer in time"));
    }

    private void txt(String domain, DnsAnswer<String> answer) {
        dns.txt("_mta-sts." + domain, answer);
    }

    void serves(Mode mode, Duration maxAge) {
        serves(DOMAIN, mode, maxAge);
    }

    void serves(String domain, Mode mode, Duration maxAge) {
        hosts.put(domain, StsPolicyText.parse(text(mode, maxAge)));
    }

    void hostFails() {
        hosts.remove(DOMAIN);
    }

    static String text(Mode mode, Duration maxAge) {
        return "version: STSv1\nmode: " + mode.word() + "\nmx: *.clinic.example\nmax_age: " + maxAge.toSeconds() + "\n";
    }
}
