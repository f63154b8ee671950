/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.List;

/**
 * What was required, and by which rule.
 *
 * @param classes of recipient and sender
 * @param required all rules together, as text
 * @param rules each rule that contributed
 * @param lowerings what lowered it
 * @param observations what a stricter rule would have said
 */
public record Judgement(
        List<String> classes,
        String required,
        List<RecordedRule> rules,
        List<RecordedLowering> lowerings,
        List<RecordedObservation> observations) {

    /** Copies its arguments. */
    public Judgement {
        classes = List.copyOf(classes);
        rules = List.copyOf(rules);
        lowerings = List.copyOf(lowerings);
        observations = List.copyOf(observations);
    }
}
