/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import org.tlsward.policy.Decision;
import org.tlsward.policy.Reason;

/**
 * "Would have been withheld, because."
 *
 * @param rule the rule that only observes
 * @param reason the stable word
 * @param seen what was seen instead
 */
public record RecordedObservation(RecordedRule rule, Reason reason, String seen) {

    static RecordedObservation of(Decision.Observation observation) {
        return new RecordedObservation(RecordedRule.of(observation.by()), observation.reason(), observation.seen());
    }
}
