/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Instant;

/**
 * A policy that is remembered.
 *
 * @param policy as it was fetched
 * @param id of the record that it was fetched for
 * @param fetched when fetching began: the life of the policy runs from there
 */
record HeldPolicy(StsPolicy policy, String id, Instant fetched) {

    Instant until() {
        return fetched.plus(policy.maxAge());
    }

    /** RFC 8461 §3.3, §5.1: an expired policy is gone. One of the future, after a clock was set back, is still in force. */
    boolean inForce(Instant now) {
        return now.isBefore(until());
    }

    /** True if losing it would change what happens to mail or to reports. */
    boolean demands() {
        return policy.mode() != StsPolicy.Mode.NONE;
    }

    StsAnswer.Known answer() {
        return new StsAnswer.Known(policy, id, until());
    }
}
