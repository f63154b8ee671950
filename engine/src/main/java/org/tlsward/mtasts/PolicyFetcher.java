/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

/** Gets the policy of a domain from its policy host (RFC 8461 §3.3). Blocks within a time limit of its own and never throws. */
@FunctionalInterface
public interface PolicyFetcher {

    /**
     * Gets it now; nothing is remembered from one time to the next.
     *
     * @param domain in A-labels, without a trailing dot
     */
    StsFetch fetch(String domain);
}
