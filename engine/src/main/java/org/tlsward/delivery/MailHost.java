/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
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
 * @param port of the service
 */
record MailHost(Candidate candidate, Optional<String> name, List<InetAddress> addresses, Security security, int port) {
    List<ServerName> servers() {
        return addresses.stream()
                .map(address -> new ServerName(name, new java.net.InetSocketAddress(address, port)))
                .toList();
    }
}
