/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.Outcome;
import org.tlsward.james.WardAttributes;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Deadlines;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Demand;
import org.tlsward.smtp.EnvelopeRecipient;

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
            return waits(addressee, outcome, failure, again.warn(), Optional.of(again.giveUpAt()));
        }
        return ended(
                addressee,
                outcome,
                fate instanceof Deadlines.Withhold ? SettledFate.WITHHELD : SettledFate.REJECTED,
                Optional.of(failure));
    }

    /** What follows if {@link #of} is broken: what a server has said counts, everything else is tried again. */
    static Settled afterError(Addressee addressee, Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return ended(addressee, outcome, SettledFate.DELIVERED, Optional.empty());
        }
        if (outcome instanceof Outcome.Rejected) {
            return ended(addressee, outcome, SettledFate.REJECTED, Optional.of(Failure.OTHER));
        }
        return waits(addressee, outcome, Failure.OTHER, false, Optional.empty());
    }

    /** What a host said before another host of the same attempt had the last word. */
    static Settled passedOver(Addressee addressee, Outcome.Deferred outcome) {
        return waits(addressee, outcome, outcome.kind(), false, Optional.empty());
    }

    /** Somebody holds it up on purpose: nothing is given up, but its sender is told in time. */
    static Settled held(Addressee addressee, Outcome outcome, RetryState state, Instant now) {
        Deadlines deadlines = addressee.consignee().demand().deadlines();
        return waits(
                addressee,
                outcome,
                Failure.OTHER,
                !now.isBefore(state.start().plus(deadlines.warnAfter())),
                Optional.empty());
    }

    /**
     * The end of a recipient for whom it was never clear what is required: fail closed.
     *
     * @param mail whose marks count
     * @param everyRule all classes of the configuration: it may belong to any of them
     * @param what happened, for people
     */
    static Settled withheldByError(Mail mail, MailAddress recipient, Collection<ClassRule> everyRule, String what) {
        Demand every = Demand.builder()
                .unknownClass(everyRule, what)
                .mark(WardAttributes.REQUIREMENT.asString(), WardAttributes.marked(mail))
                .build();
        // Where nobody knows the class, the alternatives of all classes would only mislead.
        Demand undecided = new Demand(every.contributions(), every.lowerings(), List.of());
        EnvelopeRecipient envelope = new EnvelopeRecipient(recipient.asString(), Set.of(), Optional.empty());
        Addressee addressee = new Addressee(recipient, new Consignee(envelope, undecided));
        Outcome outcome =
                Obstructed.report(List.of(addressee), what).recipients().get(0).outcome();
        return ended(addressee, outcome, SettledFate.WITHHELD, Optional.of(Failure.REQUIREMENT));
    }

    private static Settled waits(
            Addressee addressee, Outcome outcome, Failure failure, boolean warn, Optional<Instant> giveUpAt) {
        return new Settled(addressee, outcome, SettledFate.TRY_AGAIN, Optional.of(failure), warn, giveUpAt);
    }

    private static Settled ended(Addressee addressee, Outcome outcome, SettledFate fate, Optional<Failure> failure) {
        return new Settled(addressee, outcome, fate, failure, false, Optional.empty());
    }
}
