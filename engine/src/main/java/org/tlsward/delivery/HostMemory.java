/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Which hosts did not answer lately. Shared by all mails, so that a host that is down costs one time-out and not one for each mail. */
public final class HostMemory {
    private static final int MOST = 10_000;

    private final BackOff backOff;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetSocketAddress, Trouble> troubles = new HashMap<>();

    /**
     * How long a host is left alone.
     *
     * @param first after the first failure; doubled with each further one
     * @param most at most
     */
    public record BackOff(Duration first, Duration most) {
        /** One minute, up to half an hour. */
        public static final BackOff USUAL = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(30));

        Duration after(int failures) {
            Duration time = first;
            for (int i = 1; i < failures && time.compareTo(most) < 0; i++) {
                time = time.multipliedBy(2);
            }
            return time.compareTo(most) < 0 ? time : most;
        }
    }

    /**
     * A host in trouble.
     *
     * @param failures in a row
     * @param until when it is left alone
     * @param why the latest failure
     */
    public record Trouble(int failures, Instant until, String why) {}

    /** A memory without troubles. */
    public HostMemory(BackOff backOff, Clock clock) {
        this.backOff = backOff;
        this.clock = clock;
    }

    /** The trouble of a host that should be left alone now. */
    public Optional<Trouble> trouble(InetSocketAddress host) {
        lock.lock();
        try {
            return Optional.ofNullable(troubles.get(host))
                    .filter(each -> clock.instant().isBefore(each.until()));
        } finally {
            lock.unlock();
        }
    }

    void failed(InetSocketAddress host, String why) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (troubles.size() >= MOST) {
                troubles.values().removeIf(each -> !now.isBefore(each.until()));
            }
            Trouble before = troubles.get(host);
            // Those that failed side by side have failed once.
            if (before == null || !now.isBefore(before.until())) {
                int failures = before == null ? 1 : before.failures() + 1;
                troubles.put(host, new Trouble(failures, now.plus(backOff.after(failures)), why));
            }
        } finally {
            lock.unlock();
        }
    }

    void answered(InetSocketAddress host) {
        lock.lock();
        try {
            troubles.remove(host);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything: "retry now". */
    public void clear() {
        lock.lock();
        try {
            troubles.clear();
        } finally {
            lock.unlock();
        }
    }
}
