/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Which hosts did not answer lately. Shared by all mails, so that a host that is down costs one time-out and not one for each mail. */
public final class HostMemory {
    /** So many destinations of one host are told apart. */
    static final int MOST_DESTINATIONS = 50;

    private static final int MOST = 10_000;

    private final BackOff backOff;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetSocketAddress, Entry> entries = new HashMap<>();

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

    /**
     * What is known of a host.
     *
     * @param trouble of it
     * @param destinations whose mail has met with it, as many as are kept
     */
    private record Entry(Trouble trouble, Set<String> destinations) {
        void meets(String destination) {
            if (destinations.size() < MOST_DESTINATIONS) {
                destinations.add(destination);
            }
        }

        /** True if that destination may have met with it: of a host with very many we do not know all. */
        boolean concerns(String destination) {
            return destinations.size() == MOST_DESTINATIONS || destinations.contains(destination);
        }
    }

    /** A memory without troubles. */
    public HostMemory(BackOff backOff, Clock clock) {
        this.backOff = backOff;
        this.clock = clock;
    }

    /** The trouble of a host that should be left alone now by mail for that domain, too. */
    public Optional<Trouble> trouble(InetSocketAddress host, String destination) {
        lock.lock();
        try {
            Optional<Entry> entry = Optional.ofNullable(entries.get(host))
                    .filter(each -> clock.instant().isBefore(each.trouble().until()));
            entry.ifPresent(each -> each.meets(destination));
            return entry.map(Entry::trouble);
        } finally {
            lock.unlock();
        }
    }

    void failed(InetSocketAddress host, String destination, String why) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (entries.size() >= MOST) {
                entries.values().removeIf(each -> !now.isBefore(each.trouble().until()));
            }
            Entry before = entries.get(host);
            // Those that failed side by side have failed once.
            if (before == null || !now.isBefore(before.trouble().until())) {
                int failures = before == null ? 1 : before.trouble().failures() + 1;
                Trouble trouble = new Trouble(failures, now.plus(backOff.after(failures)), why);
                entries.put(host, new Entry(trouble, before == null ? new HashSet<>() : before.destinations()));
            }
            entries.get(host).meets(destination);
        } finally {
            lock.unlock();
        }
    }

    void answered(InetSocketAddress host) {
        lock.lock();
        try {
            entries.remove(host);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets the hosts that mail for a domain has met with, and lets the others rest: "retry now".
     *
     * @param destination a recipient domain; empty for all
     */
    public void forget(Optional<String> destination) {
        lock.lock();
        try {
            entries.values().removeIf(each -> destination.map(each::concerns).orElse(true));
        } finally {
            lock.unlock();
        }
    }
}
