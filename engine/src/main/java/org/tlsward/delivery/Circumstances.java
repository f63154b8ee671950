/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Requirement;
import org.tlsward.smtp.ContentBytes;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.TlsPeer;

/**
 * How an attempt with one host went, for evidence, logs and DSNs.
 *
 * @param server host, address and port; empty if none was chosen
 * @param host what was known of the host; empty if none was chosen
 * @param local our address; empty if there was no connection
 * @param tls what was seen of the server; empty in cleartext
 * @param decision the last one of the policy about this host and the recipient
 * @param reused true if the connection had carried another message before
 * @param duration of the attempt with this host
 * @param bytes of envelope and message, of the transaction that the recipient was in
 */
public record Circumstances(
        Optional<ServerName> server,
        Optional<HostFacts> host,
        Optional<InetAddress> local,
        Optional<TlsPeer> tls,
        Optional<Decision> decision,
        boolean reused,
        Duration duration,
        ContentBytes bytes) {

    /** No host came into it. */
    public static final Circumstances NO_HOST = new Circumstances(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ZERO,
            ContentBytes.NONE);

    /** What was required, if the policy was asked. */
    public Optional<Requirement> required() {
        return decision.map(Decision::required);
    }

    /** What stricter rules would have said. */
    public List<Decision.Observation> observations() {
        return decision.map(Decision::observations).orElse(List.of());
    }

    Circumstances with(Decision latest) {
        return new Circumstances(server, host, local, tls, Optional.of(latest), reused, duration, bytes);
    }
}
