/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.delivery.Outcome.Deferred;
import org.tlsward.delivery.Outcome.Unmet;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.smtp.ContentBytes;

/** What the hosts tried so far mean for one recipient. */
final class Tally {
    private final List<Unmet> refusals = new ArrayList<>();
    private final List<Deferred> exposing = new ArrayList<>();
    private Optional<Outcome> settled = Optional.empty();
    private Optional<Deferred> byGoodHost = Optional.empty();
    private Optional<Deferred> unjudged = Optional.empty();

    boolean isSettled() {
        return settled.isPresent();
    }

    /** Nothing that another host says can matter any more. */
    void settle(Outcome outcome) {
        settled = Optional.of(outcome);
    }

    /** A host that met the requirement said: later. */
    void deferredByGoodHost(Deferred outcome) {
        byGoodHost = Optional.of(outcome);
        passedOver(outcome);
    }

    /** A connection that did not take the mail and has no say in the outcome. What went over it was sent all the same. */
    void passedOver(Deferred outcome) {
        if (!outcome.circumstances().bytes().equals(ContentBytes.NONE)) {
            exposing.add(outcome);
        }
    }

    /** What hosts said that got something of envelope or message, in order of time, without the one that decided. */
    List<Deferred> earlier(Outcome last) {
        Set<Outcome> told = Collections.newSetFromMap(new IdentityHashMap<>());
        told.add(last);
        return exposing.stream().filter(each -> !told.contains(each)).toList();
    }

    /** A host could not be judged. */
    void unjudged(Deferred outcome) {
        // A host that answered tells more than one that did not.
        if (unjudged.isEmpty() || outcome.reply().isPresent()) {
            unjudged = Optional.of(outcome);
        }
    }

    void refused(Unmet outcome) {
        refusals.add(outcome);
    }

    /**
     * Sums up.
     *
     * @param everyHostTried false if some host was left out
     */
    Outcome outcome(boolean everyHostTried) {
        return settled.or(() -> byGoodHost)
                .or(() -> unmet(everyHostTried && unjudged.isEmpty()))
                .or(() -> unjudged)
                .orElseThrow(() -> new IllegalStateException("no host was tried"));
    }

    private Optional<Outcome> unmet(boolean everyHostJudged) {
        return Refuse.ofAll(refusals.stream().map(Unmet::refusal).toList(), everyHostJudged)
                .map(chosen -> {
                    Unmet of = refusals.stream()
                            .filter(each -> each.refusal().unmet().equals(chosen.unmet()))
                            .findFirst()
                            .orElseThrow();
                    return new Unmet(chosen, of.reply(), of.circumstances().with(chosen));
                });
    }
}
