/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.apache.james.protocols.smtp.SMTPSession;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.SessionTls.ClientCertificate;

/** Reads the TLS of an SMTP session of James. */
final class SmtpSessionTls {
    /** RFC 5246 A.5: what a session has before its handshake is over. */
    private static final String NULL_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private SmtpSessionTls() {}

    /**
     * The TLS of the session, empty for cleartext. {@code SMTPSession.isTLSStarted} is not asked: it is true from the moment
     * that the server decides to start TLS, so commands that a client sent in cleartext behind its STARTTLS would count as protected.
     */
    static Optional<SessionTls> of(SMTPSession session) {
        return session.getSSLSession()
                .filter(SmtpSessionTls::handshakeIsOver)
                .map(ssl -> new SessionTls(ssl.getProtocol(), ssl.getCipherSuite(), clientOf(ssl)));
    }

    private static boolean handshakeIsOver(SSLSession ssl) {
        return !NULL_CIPHER.equals(ssl.getCipherSuite()) && !"NONE".equals(ssl.getProtocol());
    }

    private static Optional<ClientCertificate> clientOf(SSLSession ssl) {
        try {
            Certificate[] chain = ssl.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? Optional.of(describe(leaf))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // no certificate was asked for, or none was shown
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate of a verified client cannot be encoded", e);
        }
    }

    private static ClientCertificate describe(X509Certificate leaf) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
        return new ClientCertificate(
                leaf.getSubjectX500Principal().getName(X500Principal.RFC2253),
                HexFormat.of().formatHex(digest));
    }
}
