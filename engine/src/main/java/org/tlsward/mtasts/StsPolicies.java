/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

/** The MTA-STS policies of other domains. Blocks within a time limit of its own and never throws. */
@FunctionalInterface
public interface StsPolicies {

    /**
     * The policy of exactly this domain.
     *
     * @param domain the next-hop domain in A-labels; with a smart host its name (RFC 8461 §3.4)
     */
    StsAnswer of(String domain);
}
