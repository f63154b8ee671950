/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.tlsward.policy.TlsVersion;

/** The TLS side of connections of one requirement: one {@link SSLContext}, thus one session cache (RULES: caches and pools). */
public final class TlsClient {
    private static final int CACHED_SESSIONS = 1000;
    private static final int CACHED_SECONDS = 3600;
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> UNFIT =
            List.of("_anon_", "_NULL_", "_EXPORT_", "_RC4_", "_DES_", "_3DES_", "_DES40_");

    private final SSLContext context;
    private final String[] versions;
    private final String[] cipherSuites;
    private final ChainJudge judge;

    private TlsClient(SSLContext context, ChainJudge judge, List<String> wanted) {
        this.context = context;
        this.judge = judge;
        SSLParameters byDefault = context.getDefaultSSLParameters();
        // What the administrator of the JVM has switched off stays off.
        this.versions = wanted.stream()
                .filter(Arrays.asList(byDefault.getProtocols())::contains)
                .toArray(String[]::new);
        this.cipherSuites = Arrays.stream(byDefault.getCipherSuites())
                .filter(TlsClient::fit)
                .toArray(String[]::new);
    }

    static TlsClient create(ChainJudge judge, Optional<ClientIdentity> identity) {
        return create(judge, identity, VERSIONS);
    }

    /** A client that speaks one version, to find out whether a server does. */
    static TlsClient only(ChainJudge judge, TlsVersion version) {
        return create(judge, Optional.empty(), List.of(version.protocol()));
    }

    private static TlsClient create(ChainJudge judge, Optional<ClientIdentity> identity, List<String> versions) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), new TrustManager[] {new AcceptAnyChain()}, new SecureRandom());
            context.getClientSessionContext().setSessionCacheSize(CACHED_SESSIONS);
            context.getClientSessionContext().setSessionTimeout(CACHED_SECONDS);
            return new TlsClient(context, judge, versions);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "TLS cannot be set up"
                            + identity.map(id -> " with client certificate " + id)
                                    .orElse(""),
                    e);
        }
    }

    private static KeyManager[] keys(Optional<ClientIdentity> identity) throws GeneralSecurityException {
        if (identity.isEmpty()) {
            return new KeyManager[0];
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(identity.get().keyStore(), identity.get().password().toCharArray());
        return factory.getKeyManagers();
    }

    private static boolean fit(String suite) {
        return UNFIT.stream().noneMatch(suite::contains);
    }

    SSLSocket layer(Socket raw, ServerName server) throws IOException {
        int port = server.address().getPort();
        // The first name is also the key of the session cache.
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, server.displayName(), port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setCipherSuites(cipherSuites);
        parameters.setServerNames(server.host().flatMap(TlsClient::sni).stream().toList());
        tls.setSSLParameters(parameters);
        tls.setUseClientMode(true);
        return tls;
    }

    /** A host name that cannot be sent as SNI, for example with an underscore, is left out: names are judged afterwards anyway. */
    private static Optional<SNIServerName> sni(String host) {
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    TlsPeer peer(SSLSession session) {
        return TlsPeer.of(session, judge);
    }
}
