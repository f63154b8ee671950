/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.List;
import java.util.Optional;
import org.tlsward.policy.PeerTls;
import org.tlsward.policy.SessionTls;

/**
 * The TLS of a session.
 *
 * @param version as JSSE names it, for example {@code TLSv1.3}
 * @param cipherSuite the IANA name
 * @param group of the key exchange, for example {@code x25519}, where the TLS library tells it
 * @param chain SHA-256 of the certificates in hexadecimal digits, the leaf first
 * @param subject of the leaf
 */
public record SeenTls(
        String version, String cipherSuite, Optional<String> group, List<String> chain, Optional<String> subject) {

    /** Copies its arguments. */
    public SeenTls {
        chain = List.copyOf(chain);
    }

    /** The session with a server. */
    public static SeenTls of(PeerTls peer, Optional<String> group, Optional<String> subject) {
        return new SeenTls(
                peer.protocol(), peer.cipherSuite(), group, peer.certificate().sha256(), subject);
    }

    /** The same without the name in the certificate. */
    SeenTls withoutSubject() {
        return new SeenTls(version, cipherSuite, group, chain, Optional.empty());
    }

    /** The session of a client. */
    public static SeenTls of(SessionTls session) {
        return new SeenTls(
                session.protocol(),
                session.cipherSuite(),
                Optional.empty(),
                session.client().map(SessionTls.ClientCertificate::sha256).stream()
                        .toList(),
                session.client().map(SessionTls.ClientCertificate::subject));
    }
}
