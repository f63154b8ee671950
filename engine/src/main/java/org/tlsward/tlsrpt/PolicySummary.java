/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.List;

/**
 * How the sessions of a day went by one policy (RFC 8460 §4.4).
 *
 * @param policy that they were judged by
 * @param successful sessions
 * @param failed sessions
 * @param failures how they failed
 */
public record PolicySummary(PolicyInForce policy, long successful, long failed, List<CountedFailure> failures) {

    /**
     * Sessions that failed the same way.
     *
     * @param detail how
     * @param sessions how many
     */
    public record CountedFailure(FailureDetail detail, long sessions) {}

    /** Copies its arguments. */
    public PolicySummary {
        failures = List.copyOf(failures);
    }
}
