/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import org.tlsward.mtasts.StsAnswer;
import org.tlsward.policy.MtaSts;

/**
 * What the MTA-STS policy of the next-hop domain says of one host.
 *
 * @param domain the policy domain
 * @param answer the policy, or why there is none
 * @param state what it means for the host
 */
public record StsFacts(String domain, StsAnswer answer, MtaSts state) {

    /** A domain without a policy. */
    static StsFacts none(String domain) {
        return new StsFacts(domain, new StsAnswer.None(), MtaSts.NONE);
    }
}
