/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Optional;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.policy.Candidate;

/**
 * A host about which its destination may publish something, with what DNS has said on the way to it.
 *
 * @param candidate the host and who named it
 * @param nextHopAlias the name that the next-hop domain is an alias of, if it is one
 * @param addresses whether DNSSEC secures the addresses of the host, aliases included
 * @param canonical the name at the end of the aliases of the host, if it is an alias
 * @param port of the service
 * @param named false if the host is known by its address only: then nobody can publish anything about it
 */
public record HostQuestion(
        Candidate candidate,
        Optional<String> nextHopAlias,
        Security addresses,
        Optional<String> canonical,
        int port,
        boolean named) {}
