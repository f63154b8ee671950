/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Set;
import org.tlsward.delivery.Publications.HostPublication;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.SmtpConnection;
import org.tlsward.smtp.TlsPeer;

/**
 * What is to be judged: these demands, at this address of this host.
 *
 * @param destination with credentials and client certificate
 * @param demands of one group
 * @param host with its addresses
 * @param published what the destination publishes about it
 * @param server the address
 */
record HostCase(
        Destination destination, Set<Demand> demands, MailHost host, HostPublication published, ServerName server) {

    Facts facts(Demand demand, TlsAttempt attempt) {
        return new Facts(demand, host.candidate(), published.tlsa(), published.mtaSts(), attempt);
    }

    Demand.Group group() {
        return demands.iterator().next().group();
    }

    /** What a connection after its second EHLO shows. */
    TlsAttempt established(SmtpConnection connection) {
        TlsPeer peer = connection.peer().orElseThrow();
        boolean match = published.tlsaMatch().test(peer);
        return new TlsAttempt.Established(peer.facts(connection.extensions().requireTls(), match));
    }
}
