/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.tlsward.policy.DomainName;

/**
 * What recent delivery attempts have learned about destinations, for matchers that must answer at once. It decides nothing: every delivery
 * looks for itself. Bounded, forgets after a day, and after a restart.
 */
@Singleton
public class DestinationMemory {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries;

    /** What the servers of a destination did. */
    public enum Seen {
        /** Servers answered, and with none of them a handshake was completed. */
        CLEARTEXT,
        /** A handshake was completed with one of them. */
        TLS
    }

    private record Entry(Seen seen, Instant at) {}

    /** Guice calls this. */
    @Inject
    public DestinationMemory() {
        this(Clock.systemUTC(), MOST);
    }

    DestinationMemory(Clock clock, int most) {
        this.clock = clock;
        this.entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                return size() > most;
            }
        };
    }

    /** Takes the place of what was known about the domain of recipients. */
    public void learn(String domain, Seen seen) {
        Entry entry = new Entry(seen, clock.instant());
        lock.lock();
        try {
            entries.remove(key(domain)); // so that the one that is forgotten first is the one that is oldest
            entries.put(key(domain), entry);
        } finally {
            lock.unlock();
        }
    }

    /** The last thing seen; empty if nothing was seen since yesterday. */
    public Optional<Seen> about(String domain) {
        Instant oldest = clock.instant().minus(LONGEST);
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(key(domain)))
                    .filter(entry -> entry.at().isAfter(oldest))
                    .map(Entry::seen);
        } finally {
            lock.unlock();
        }
    }

    private static String key(String domain) {
        return DomainName.canonicalOrEmpty(domain)
                .orElseGet(() -> domain.toLowerCase(Locale.ROOT)); // an address literal
    }
}
