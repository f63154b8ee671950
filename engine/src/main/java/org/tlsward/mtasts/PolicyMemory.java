/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is known of domains, bounded. Only what changes nothing is thrown away to make room: a policy in force stays, because losing it is a
 * downgrade. Where all room is taken by such policies, new ones are not kept.
 */
final class PolicyMemory {
    private final Map<String, DomainState> states = new ConcurrentHashMap<>();
    private final int most;
    private volatile boolean full;

    PolicyMemory(int most) {
        this.most = most;
    }

    Optional<DomainState> of(String domain) {
        return Optional.ofNullable(states.get(domain));
    }

    /** Changes what is known, or begins with nothing. */
    void change(String domain, Instant now, UnaryOperator<DomainState> change) {
        if (!states.containsKey(domain) && states.size() >= most && !makeRoom(now)) {
            return;
        }
        states.compute(domain, (name, state) -> change.apply(state == null ? DomainState.first(now) : state));
    }

    void touch(String domain, Instant now) {
        states.computeIfPresent(domain, (name, state) -> state.asked(now));
    }

    /** Forgets that domain if it is still as {@code state} says. */
    boolean forget(String domain, DomainState state) {
        return states.remove(domain, state);
    }

    Stream<Map.Entry<String, DomainState>> all() {
        return states.entrySet().stream();
    }

    /** True if the last new domain found no room. */
    boolean full() {
        return full;
    }

    /** A tenth at once, so that not every new domain has to look through all. */
    private synchronized boolean makeRoom(Instant now) {
        if (states.size() >= most) {
            all().filter(entry -> !entry.getValue().counts(now))
                    .sorted(Comparator.comparing(entry -> entry.getValue().asked()))
                    .limit(Math.max(1, most / 10))
                    .toList()
                    .forEach(entry -> states.remove(entry.getKey(), entry.getValue()));
        }
        full = states.size() >= most;
        return !full;
    }
}
