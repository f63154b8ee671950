/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.function.Predicate;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.TlsPeer;

/** What destinations publish about their hosts ("B"): DANE and MTA-STS. Blocks within a time limit of its own and never throws. */
@FunctionalInterface
public interface Publications {

    /**
     * What is published about one host.
     *
     * @param candidate the host and who named it
     * @param addresses whether DNSSEC secures its addresses (RFC 7672 §2.2.2)
     * @param port of the TLSA owner name
     */
    HostPublication about(Candidate candidate, Security addresses, int port);

    /**
     * What is published about one host.
     *
     * @param tlsa its TLSA records
     * @param mtaSts what the policy of the destination says of it
     * @param tlsaMatch says whether one of the usable TLSA records matches a peer
     */
    record HostPublication(TlsaRecords tlsa, MtaSts mtaSts, Predicate<TlsPeer> tlsaMatch) {
        /** Nothing. */
        public static final HostPublication NONE = new HostPublication(TlsaRecords.NONE, MtaSts.NONE, peer -> false);
    }

    /** Where nobody looks: only what our side demands counts. */
    static Publications notLookedUp() {
        return (candidate, addresses, port) -> HostPublication.NONE;
    }
}
