/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Instant;
import java.util.Optional;

/**
 * What the self-test of the resolver has found.
 *
 * @param state whether it can be used
 * @param message for people
 * @param checkedAt when that was; empty before the first test
 */
public record ResolverStatus(State state, String message, Optional<Instant> checkedAt) {
    /** Whether a resolver can be used. */
    public enum State {
        /** DNSSEC works. */
        OK,
        /** It answers, but DNSSEC does not work. */
        DEGRADED,
        /** It does not answer. */
        FAILED,
        /** Nobody has looked yet. */
        UNKNOWN
    }

    /** Before the first test. */
    public static final ResolverStatus NOT_TESTED =
            new ResolverStatus(State.UNKNOWN, "not tested yet", Optional.empty());
}
