/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When what is remembered is looked at again. */
final class RefreshPlan {
    /** How long the record need not be asked for again while a policy is in force. */
    static final Duration RECORD = Duration.ofMinutes(5);

    /** How long a domain without a record, or without a policy that can be had, is left alone: a queue does not stall on it. */
    static final Duration ABSENCE = Duration.ofMinutes(5);

    /** How long a look-up that failed counts. */
    static final Duration TROUBLE = Duration.ofMinutes(1);

    /** A policy that no mail has needed for that long is not renewed, and ends by itself. */
    static final Duration INTEREST = Duration.ofDays(60);

    /** What has ended is kept that long, for a clock that was wrong and is set back. */
    static final Duration GRACE = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** RFC 8461 §3.3: a failed fetch is not repeated within five minutes. */
    private static final Duration LEAST = Duration.ofMinutes(5);

    private final RandomGenerator random;

    RefreshPlan(RandomGenerator random) {
        this.random = random;
    }

    /** RFC 8461 §10.2: once a day; a shorter one at half of its life. Earlier by up to a quarter, so that not all come at once. */
    Window afterFetch(HeldPolicy held) {
        return new Window(
                held.fetched(), jittered(shorter(DAY, held.policy().maxAge().dividedBy(2))));
    }

    /** After a failure there is still time for several more. */
    Window afterFailure(HeldPolicy held, Instant now) {
        Duration wait = shorter(HOUR, held.policy().maxAge().dividedBy(16));
        Duration jittered = jittered(wait);
        return new Window(now, jittered.compareTo(LEAST) < 0 ? LEAST : jittered);
    }

    boolean due(DomainState state, Instant now) {
        return state.counts(now)
                && !state.rest().contains(now)
                && now.isBefore(state.asked().plus(INTEREST));
    }

    private Duration jittered(Duration longest) {
        return longest.minus(Duration.ofMillis((long) (longest.toMillis() / 4.0 * random.nextDouble())));
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
