/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The server's side of a handshake, with the options of a script. */
record TlsSide(SSLContext context, List<String> options) {

    record Layer(InputStream in, OutputStream out) {}

    static TlsSide of(String text, Map<String, Identity> identities, Map<String, SSLContext> contexts) {
        List<String> words = List.of(text.split(" ", -1));
        Identity identity = identities.get(words.get(0));
        if (identity == null) {
            throw new IllegalArgumentException("unknown identity \"" + words.get(0) + "\"");
        }
        return new TlsSide(contexts.computeIfAbsent(words.get(0), name -> context(identity)), words);
    }

    Layer accept(Socket raw, PeerRecord record) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), false);
        tls.setUseClientMode(false);
        options.stream()
                .filter(option -> option.startsWith("TLSv"))
                .findFirst()
                .ifPresent(version -> tls.setEnabledProtocols(new String[] {version}));
        options.stream()
                .filter(option -> option.startsWith("TLS_"))
                .findFirst()
                .ifPresent(suite -> tls.setEnabledCipherSuites(new String[] {suite}));
        if (options.contains("wants-client")) {
            tls.setWantClientAuth(true);
        }
        if (options.contains("needs-client")) {
            tls.setNeedClientAuth(true);
        }
        tls.startHandshake();
        String session = HexFormat.of().formatHex(tls.getSession().getId());
        record.secured(sni(tls.getSession()), client(tls.getSession()), session);
        return new Layer(tls.getInputStream(), tls.getOutputStream());
    }

    private static Optional<String> sni(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> client(SSLSession session) {
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            return Optional.of(certificate.getSubjectX500Principal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static SSLContext context(Identity identity) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity.keyStore(), Identity.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class AnyClient implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
