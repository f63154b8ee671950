/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.delivery.Outcome.Deferred;
import org.tlsward.delivery.Outcome.Unmet;
import org.tlsward.policy.Decision.Refuse;

/** What the hosts tried so far mean for one recipient. */
final class Tally {
    private final List<Unmet> refusals = new ArrayList<>();
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
