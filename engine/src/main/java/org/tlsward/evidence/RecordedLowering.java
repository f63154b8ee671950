/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.List;
import org.tlsward.policy.Lowering;

/**
 * What lowered the requirement.
 *
 * @param kind which of the four ways, for example {@code exception}
 * @param name the match of the exception, or who released
 * @param reason as written by the admin or the operator
 * @param replaced rules that did not count any more
 * @param publishedDropped what the destination publishes did not count
 */
public record RecordedLowering(
        String kind, String name, String reason, List<RecordedRule> replaced, boolean publishedDropped) {

    /** Copies its arguments. */
    public RecordedLowering {
        replaced = List.copyOf(replaced);
    }

    static RecordedLowering of(Lowering lowering) {
        return new RecordedLowering(
                lowering.kind().word(),
                lowering.name(),
                lowering.reason(),
                lowering.replaced().stream().map(RecordedRule::of).toList(),
                lowering.publishedDropped());
    }
}
