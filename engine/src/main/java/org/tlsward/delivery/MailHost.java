/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.policy.Candidate;
import org.tlsward.smtp.ServerName;

/**
 * A host that may take the mail, with its addresses.
 *
 * @param candidate as the policy sees it
 * @param name to ask for in SNI; empty if it is configured by address
 * @param addresses in the order in which they are tried
 * @param security of the address records
 * @param canonical the name at the end of its aliases, if it is an alias
 * @param nextHopAlias the name that the next-hop domain is an alias of, if it is one
 * @param port of the service
 */
record MailHost(
        Candidate candidate,
        Optional<String> name,
        List<InetAddress> addresses,
        Security security,
        Optional<String> canonical,
        Optional<String> nextHopAlias,
        int port) {
    /** A host that is known by its address only. */
    static MailHost byAddress(Candidate candidate, InetAddress address, int port) {
        return new MailHost(
                candidate,
                Optional.empty(),
                List.of(address),
                Security.INSECURE,
                Optional.empty(),
                Optional.empty(),
                port);
    }

    HostQuestion question() {
        return new HostQuestion(candidate, nextHopAlias, security, canonical, port, name.isPresent());
    }

    /**
     * Its addresses as they are connected to.
     *
     * @param base the TLSA base domain if there are records, which then is the name to ask for (RFC 7672 §8.1)
     */
    List<ServerName> servers(Optional<String> base) {
        Optional<String> asked = base.or(() -> name);
        return addresses.stream()
                .map(address -> new ServerName(asked, new InetSocketAddress(address, port)))
                .toList();
    }
}
