/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.mtasts.DomainState.Check;

/** Writes down what was found out: in memory and on the disk. */
final class PolicyKeeper {
    private static final Logger LOGGER = LoggerFactory.getLogger(PolicyKeeper.class);

    private final PolicyMemory memory;
    private final StsDisk disk;
    private final RefreshPlan plan;

    PolicyKeeper(PolicyMemory memory, StsDisk disk, RefreshPlan plan) {
        this.memory = memory;
        this.disk = disk;
        this.plan = plan;
    }

    /** From the disk, at the start. */
    void load(Instant now) {
        Check never = check(now, Duration.ZERO, Optional.empty());
        disk.load()
                .forEach((domain, held) ->
                        memory.change(domain, now, state -> state.holding(held, never, plan.afterFetch(held))));
    }

    /** A policy was fetched: it rules from now on, {@code none} as well (RFC 8461 §8.3). */
    StsAnswer fetched(String domain, HeldPolicy held) {
        Instant now = held.fetched();
        // One that is over at once (max_age 0) counts for the mails of the next minutes too: it is not fetched for each
        // of them.
        Check check = check(now, RefreshPlan.RECORD, Optional.of(held.answer()));
        memory.change(domain, now, state -> state.holding(held, check, plan.afterFetch(held)));
        if (memory.of(domain).isPresent()) {
            store(domain);
        }
        return held.answer();
    }

    /** The record is as it was when the policy was fetched. */
    StsAnswer unchanged(String domain, HeldPolicy held, Instant now) {
        Check check = check(now, RefreshPlan.RECORD, Optional.empty());
        memory.change(domain, now, state -> state.unchanged(check));
        return held.answer();
    }

    /** Nothing new: what is in force stays in force (RFC 8461 §3.1, §3.3); otherwise {@code otherwise} is the answer for a while. */
    StsAnswer failed(String domain, Setback.Cause cause, String why, StsAnswer otherwise, Instant now) {
        Duration quiet = otherwise instanceof StsAnswer.LookupFailed ? RefreshPlan.TROUBLE : RefreshPlan.ABSENCE;
        memory.change(domain, now, state -> {
            if (state.counts(now) && state.setback().isEmpty()) {
                // RFC 8461 §3.3: administrators are told, unless the mode is none
                LOGGER.warn("the MTA-STS policy of {} stays as it is: {}", domain, why);
            }
            return rested(state.failed(cause, why, now), now).checked(check(now, quiet, Optional.of(otherwise)));
        });
        return memory.of(domain)
                .flatMap(state -> state.inForce(now))
                .<StsAnswer>map(HeldPolicy::answer)
                .orElse(otherwise);
    }

    /** A renewal that was due is tried again after a while. */
    private DomainState rested(DomainState state, Instant now) {
        return plan.due(state, now)
                ? state.resting(plan.afterFailure(state.held().orElseThrow(), now))
                : state;
    }

    /** Tries again to write what could not be written, and forgets what ended long ago. */
    void tidy(Instant now) {
        disk.unsaved().forEach(this::store);
        memory.all()
                .filter(entry -> entry.getValue()
                        .held()
                        .filter(held -> isLongOver(held, now))
                        .isPresent())
                .toList()
                .forEach(entry -> {
                    if (memory.forget(entry.getKey(), entry.getValue())) {
                        store(entry.getKey());
                    }
                });
    }

    private void store(String domain) {
        disk.store(domain, () -> memory.of(domain).flatMap(DomainState::held));
    }

    private static boolean isLongOver(HeldPolicy held, Instant now) {
        return !now.isBefore(held.until().plus(RefreshPlan.GRACE));
    }

    private static Check check(Instant now, Duration quiet, Optional<StsAnswer> otherwise) {
        return new Check(new Window(now, quiet), otherwise);
    }
}
