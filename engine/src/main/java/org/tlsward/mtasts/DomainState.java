/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that is remembered of one domain.
 *
 * @param held the policy that was fetched last, in force or not
 * @param check what the record said last
 * @param rest until when the policy need not be fetched again
 * @param setback what has kept the policy from being renewed
 * @param asked about when a mail needed it last
 */
record DomainState(Optional<HeldPolicy> held, Check check, Window rest, Optional<Setback> setback, Instant asked) {
    private static final Duration ASKED_STEP = Duration.ofHours(1);

    /**
     * The last look at the record.
     *
     * @param fresh until when it need not be looked at again
     * @param otherwise the answer if no policy is in force; empty if it has to be found out
     */
    record Check(Window fresh, Optional<StsAnswer> otherwise) {}

    static DomainState first(Instant now) {
        Window over = new Window(now, Duration.ZERO);
        return new DomainState(Optional.empty(), new Check(over, Optional.empty()), over, Optional.empty(), now);
    }

    Optional<HeldPolicy> inForce(Instant now) {
        return held.filter(policy -> policy.inForce(now));
    }

    /** The answer, if nobody has to be asked for it. */
    Optional<StsAnswer> answer(Instant now) {
        return inForce(now)
                .<StsAnswer>map(HeldPolicy::answer)
                .or(() -> check.fresh().contains(now) ? check.otherwise() : Optional.empty());
    }

    /** True if mail or reports would be treated in another way if this were forgotten. */
    boolean counts(Instant now) {
        return inForce(now).filter(HeldPolicy::demands).isPresent();
    }

    DomainState asked(Instant now) {
        boolean recent = new Window(asked, ASKED_STEP).contains(now);
        return recent ? this : new DomainState(held, check, rest, setback, now);
    }

    DomainState holding(HeldPolicy policy, Check looked, Window resting) {
        return new DomainState(Optional.of(policy), looked, resting, Optional.empty(), asked);
    }

    DomainState checked(Check looked) {
        return new DomainState(held, looked, rest, setback, asked);
    }

    DomainState resting(Window resting) {
        return new DomainState(held, check, resting, setback, asked);
    }

    /** RFC 8461 §3.3: failures to renew a policy of mode {@code none} concern nobody. */
    DomainState failed(Setback.Cause cause, String why, Instant now) {
        if (!counts(now)) {
            return new DomainState(held, check, rest, Optional.empty(), asked);
        }
        Instant since = setback.map(Setback::since).orElse(now);
        return new DomainState(held, check, rest, Optional.of(new Setback(cause, why, since, now)), asked);
    }

    /** The record is as it was when the policy was fetched. */
    DomainState unchanged(Check looked) {
        Optional<Setback> left = setback.filter(failure -> failure.cause() == Setback.Cause.POLICY);
        return new DomainState(held, looked, rest, left, asked);
    }
}
