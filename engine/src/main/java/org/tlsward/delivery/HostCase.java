/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.ContentBytes;
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
        return new Facts(
                demand,
                host.candidate(),
                published.dane().state(),
                published.mtaSts().state(),
                attempt);
    }

    /** What is known of the host once a peer was seen, or none. */
    HostFacts known(Optional<TlsPeer> peer) {
        return new HostFacts(host.candidate(), published, peer.flatMap(published.dane()::verdict));
    }

    /** The circumstances of a host that nobody has connected to. */
    Circumstances untouched() {
        return new Circumstances(
                Optional.of(server),
                Optional.of(known(Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ZERO,
                ContentBytes.NONE);
    }

    Demand.Group group() {
        return demands.iterator().next().group();
    }

    /** What a connection after its second EHLO shows. */
    TlsAttempt established(SmtpConnection connection) {
        TlsPeer peer = connection.peer().orElseThrow();
        boolean match =
                published.dane().verdict(peer).filter(DaneVerdict::matches).isPresent();
        return new TlsAttempt.Established(peer.facts(connection.extensions().requireTls(), match));
    }
}
