/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Instant;
import java.util.Optional;
import org.tlsward.delivery.Outcome;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.Deadlines;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Demand;

/**
 * One recipient after one attempt.
 *
 * @param addressee the recipient
 * @param outcome what the attempt brought
 * @param fate what follows
 * @param failure how it failed; empty if it was delivered
 * @param warn true if the sender should know by now that it waits
 * @param giveUpAt when it will be given up, if it waits
 */
record Settled(
        Addressee addressee,
        Outcome outcome,
        SettledFate fate,
        Optional<Failure> failure,
        boolean warn,
        Optional<Instant> giveUpAt) {

    Demand demand() {
        return addressee.consignee().demand();
    }

    /** What follows from an outcome, by the patience of the classes. */
    static Settled of(Addressee addressee, Outcome outcome, RetryState state, Instant now) {
        if (outcome instanceof Outcome.Delivered) {
            return ended(addressee, outcome, SettledFate.DELIVERED, Optional.empty());
        }
        if (outcome instanceof Outcome.Rejected) {
            return ended(addressee, outcome, SettledFate.REJECTED, Optional.of(Failure.OTHER));
        }
        if (outcome instanceof Outcome.Unmet unmet && unmet.isFinal()) {
            return ended(addressee, outcome, SettledFate.WITHHELD, Optional.of(Failure.REQUIREMENT));
        }
        Failure failure = outcome instanceof Outcome.Deferred deferred ? deferred.kind() : Failure.REQUIREMENT;
        Deadlines.Fate fate =
                addressee.consignee().demand().deadlines().after(state.start(), now, failure, state.earlier());
        if (fate instanceof Deadlines.TryAgain again) {
            return new Settled(
                    addressee,
                    outcome,
                    SettledFate.TRY_AGAIN,
                    Optional.of(failure),
                    again.warn(),
                    Optional.of(again.giveUpAt()));
        }
        return ended(
                addressee,
                outcome,
                fate instanceof Deadlines.Withhold ? SettledFate.WITHHELD : SettledFate.REJECTED,
                Optional.of(failure));
    }

    private static Settled ended(Addressee addressee, Outcome outcome, SettledFate fate, Optional<Failure> failure) {
        return new Settled(addressee, outcome, fate, failure, false, Optional.empty());
    }
}
