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

    /**
     * The same, but a policy in force whose record nobody has looked at for some minutes is looked at before it is answered with: nothing
     * may fail for good by a policy that its domain has replaced (RFC 8461 §5, §5.1).
     */
    default StsAnswer latest(String domain) {
        return of(domain);
    }
}
