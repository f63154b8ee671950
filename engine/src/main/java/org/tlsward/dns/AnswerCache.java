/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Remembers findings with their security, and failures too, each for its time; whoever asks what is being asked already waits for
 * that answer. What was not asked for longest goes first.
 */
final class AnswerCache implements Findings {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Findings source;
    private final Clock clock;
    private final Map<Question, Entry> entries;

    AnswerCache(Findings source, Clock clock, int mostEntries) {
        this.source = source;
        this.clock = clock;
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Entry> eldest) {
                return size() > mostEntries;
            }
        };
    }

    /** One question; {@code from} and {@code until} are set as soon as it is answered. */
    private static final class Entry {
        private final CompletableFuture<Finding> finding = new CompletableFuture<>();
        private volatile Instant from = Instant.MIN;
        private volatile Instant until = Instant.MAX;

        /** A clock that was set back must not keep an answer alive. */
        boolean usable(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }

        void answered(Finding answer, Instant now) {
            Duration ttl = answer.ttl().compareTo(SHORTEST) < 0 ? SHORTEST : answer.ttl();
            until = now.plus(ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl);
            from = now;
            finding.complete(answer);
        }
    }

    @Override
    public CompletableFuture<Finding> find(Question question) {
        Entry fresh = new Entry();
        synchronized (entries) {
            Entry known = entries.get(question);
            if (known != null && known.usable(clock.instant())) {
                return known.finding.copy();
            }
            entries.put(question, fresh);
        }
        var unused = source.find(question).thenAccept(finding -> fresh.answered(finding, clock.instant()));
        return fresh.finding.copy();
    }
}
