/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.tlsward.policy.CertificateNames;
import org.tlsward.policy.PeerCertificate;
import org.tlsward.policy.PeerCertificate.Chain;
import org.tlsward.policy.PeerTls;

/**
 * What was seen of a server in a completed handshake. Nothing here says whether that is good enough.
 *
 * @param protocol as JSSE names it, for example {@code TLSv1.3}
 * @param cipherSuite the IANA name
 * @param chain the server's certificate first; of the first handshake if the session was resumed
 * @param verdict about the chain, computed anew for every connection
 */
public record TlsPeer(String protocol, String cipherSuite, List<X509Certificate> chain, ChainVerdict verdict) {

    /** Copies its arguments. */
    public TlsPeer {
        chain = List.copyOf(chain);
    }

    static TlsPeer of(SSLSession session, ChainJudge judge) {
        List<X509Certificate> chain = chain(session);
        return new TlsPeer(session.getProtocol(), session.getCipherSuite(), chain, judge.judge(chain));
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            Certificate[] shown = session.getPeerCertificates();
            return Arrays.stream(shown).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /** The server's own certificate. */
    public Optional<X509Certificate> leaf() {
        return chain.stream().findFirst();
    }

    /** SHA-256 of the DER form of each certificate in lower-case hexadecimal, the server's own first. */
    public List<String> sha256() {
        return chain.stream().map(TlsPeer::sha256).toList();
    }

    private static String sha256(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of a completed handshake has no encoding", e);
        }
    }

    /**
     * What the policy judges.
     *
     * @param requireTlsListed the EHLO inside TLS lists REQUIRETLS
     * @param tlsaMatch a TLSA record matches the chain
     */
    public PeerTls facts(boolean requireTlsListed, boolean tlsaMatch) {
        Chain trust =
                switch (verdict.trust()) {
                    case VALID -> Chain.VALID;
                    case EXPIRED -> Chain.EXPIRED;
                    case UNTRUSTED, WRONG_PURPOSE, WEAK, MISSING -> Chain.UNTRUSTED;
                };
        Set<InetAddress> addresses = leaf().map(CertificateNames::ipAddresses).orElse(Set.of());
        PeerCertificate certificate =
                new PeerCertificate(trust, verdict.detail(), dnsNames(), addresses, sha256(), tlsaMatch);
        return new PeerTls(protocol, cipherSuite, certificate, requireTlsListed);
    }

    /** The DNS names of the server's certificate. */
    public List<String> dnsNames() {
        return leaf().map(CertificateNames::dnsNames).orElse(List.of());
    }
}
