/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.james.filesystem.api.FileSystem;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.DomainName;

/**
 * What an operator sees of mail that waits to go out, and what he can do about it: look, hold a destination, let it go on, try now.
 *
 * <p>A hold survives a restart ({@code var/tlsward/held-destinations}). Held mail is not attempted, which does not count as an attempt;
 * its time goes on, and its sender is told once that it waits ({@code warnAfter}), but nothing is given up while it is held: after
 * {@link #resume} one more attempt decides. The health check says what is held. Destinations are recipient domains.
 */
@Singleton
public class OutgoingMail implements HealthSource {
    private final HeldDestinations held;
    private final Clock clock;
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    /** One queue of outgoing mail and what goes with it. */
    public interface Source {
        /**
         * What waits in it, in no particular order.
         *
         * @param destination a recipient domain; empty for all
         * @param most so many are kept in memory and returned at most, and it is not looked further
         */
        List<WaitingMail> waiting(Optional<String> destination, int most) throws IOException;

        /** How many mails are in it, without looking at them. */
        long size() throws IOException;

        /**
         * Makes mail due at once and forgets which hosts did not answer to it.
         *
         * @param destination empty for all
         * @return how many mails were waiting for later
         */
        long retryNow(Optional<String> destination) throws IOException;
    }

    /** Guice calls this. */
    @Inject
    public OutgoingMail(FileSystem files, WardHealth health) {
        this(files, health, Clock.systemUTC());
    }

    OutgoingMail(FileSystem files, WardHealth health, Clock clock) {
        this.held = new HeldDestinations(
                ServerPaths.of(files, "file://var/").resolve("tlsward").resolve("held-destinations"));
        this.clock = clock;
        health.add(this);
    }

    /** A queue has begun to run. */
    public void add(Source source) {
        sources.add(source);
    }

    /** A queue does not run any more. */
    public void remove(Source source) {
        sources.remove(source);
    }

    /**
     * The mails that wait, first due first; if there are more, those that the queue shows first.
     *
     * @param destination a recipient domain; empty for all
     * @param most at most so many
     * @throws IOException if a queue cannot be looked into; it says why
     */
    public List<WaitingMail> waiting(Optional<String> destination, int most) throws IOException {
        Optional<String> domain = destination.map(OutgoingMail::canonical);
        List<WaitingMail> all = new ArrayList<>();
        for (Source source : sources) {
            all.addAll(source.waiting(domain, most));
        }
        return all.stream()
                .sorted(java.util.Comparator.comparing(
                        mail -> mail.nextAttempt().orElse(Instant.MIN)))
                .limit(most)
                .toList();
    }

    /**
     * How many mails wait.
     *
     * @throws IOException if a queue cannot tell
     */
    public long size() throws IOException {
        long all = 0;
        for (Source source : sources) {
            all += source.size();
        }
        return all;
    }

    /**
     * Attempts no mail for a destination until {@link #resume}.
     *
     * @return false if it was held already
     * @throws IOException if that cannot be written down; then it is not held
     */
    public boolean hold(String destination) throws IOException {
        return held.add(canonical(destination), clock.instant());
    }

    /**
     * Lets mail for a destination go on, at once.
     *
     * @return false if it was not held
     */
    public boolean resume(String destination) throws IOException {
        boolean wasHeld = held.remove(canonical(destination));
        if (wasHeld) {
            retryNow(Optional.of(destination));
        }
        return wasHeld;
    }

    /** What is held and since when. */
    public Map<String, Instant> held() {
        return new TreeMap<>(held.all());
    }

    /** True if mail for that recipient domain is not to be attempted. */
    public boolean isHeld(String destination) {
        Map<String, Instant> all = held.all();
        return !all.isEmpty() && all.containsKey(canonical(destination));
    }

    /**
     * Makes mail due at once, whatever its delay, and forgets which hosts did not answer to it. What is under way is left alone.
     *
     * @param destination a recipient domain; empty for all
     * @return how many mails were waiting for later
     * @throws IOException if a queue cannot do that (RabbitMQ without a view that can be browsed); it says why
     */
    public long retryNow(Optional<String> destination) throws IOException {
        Optional<String> domain = destination.map(OutgoingMail::canonical);
        long count = 0;
        for (Source source : sources) {
            count += source.retryNow(domain);
        }
        return count;
    }

    /** A recipient domain as this class compares them. */
    public static String canonical(String domain) {
        return DomainName.canonicalOrEmpty(domain)
                .orElseGet(() -> domain.toLowerCase(Locale.ROOT)); // an address literal
    }

    @Override
    public List<HealthProblem> problems() {
        Map<String, Instant> all = held();
        return all.isEmpty()
                ? List.of()
                : List.of(new HealthProblem(
                        HealthProblem.Severity.DEGRADED,
                        "held destinations",
                        "an operator holds " + all + "; their mail waits until they are resumed"));
    }
}
