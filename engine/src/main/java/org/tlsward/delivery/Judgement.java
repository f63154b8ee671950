/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Decision.Proceed;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.Decision.StartTls;
import org.tlsward.policy.Demand;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsAttempt;

/**
 * What the policy says about all demands of a shipment. They are of one group, so they proceed together or not at all; should they ever
 * differ, nobody proceeds.
 *
 * @param decisions by demand
 */
record Judgement(Map<Demand, Decision> decisions) {

    static Judgement of(HostCase hostCase, TlsAttempt attempt) {
        Map<Demand, Decision> decisions = new LinkedHashMap<>();
        hostCase.demands()
                .forEach(demand -> decisions.put(demand, PolicyEngine.decide(hostCase.facts(demand, attempt))));
        return new Judgement(decisions);
    }

    boolean proceeds() {
        return decisions.values().stream().allMatch(Proceed.class::isInstance);
    }

    /** The refusal for a demand, if not all of them proceed. */
    Optional<Refuse> refusal(Demand demand) {
        if (decisions.get(demand) instanceof Refuse refuse) {
            return Optional.of(refuse);
        }
        return decisions.values().stream()
                .filter(Refuse.class::isInstance)
                .map(Refuse.class::cast)
                .findFirst();
    }

    Decision decision(Demand demand) {
        return decisions.get(demand);
    }

    Decision first() {
        return decisions.values().iterator().next();
    }

    Requirement required() {
        return decisions.values().stream().map(Decision::required).reduce(Requirement.NOTHING, Requirement::join);
    }

    /** The strictest way; to be asked only if all proceed. */
    StartTls startTls() {
        return decisions.values().stream()
                .map(decision -> ((Proceed) decision).startTls())
                .min(java.util.Comparator.naturalOrder())
                .orElseThrow();
    }
}
