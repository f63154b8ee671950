/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.tlsward.policy.TlsLimits;
import org.tlsward.policy.TlsVersion;

/** The TLS side of connections of one requirement: one {@link SSLContext}, thus one session cache (RULES: caches and pools). */
public final class TlsClient {
    private static final int CACHED_SESSIONS = 1000;
    private static final int CACHED_SECONDS = 3600;
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final SSLContext context;
    private final TlsOffer offer;
    private final ChainJudge judge;
    private final Supplier<TlsLimits> limits;

    private TlsClient(SSLContext context, ChainJudge judge, Supplier<TlsLimits> limits, List<String> wanted) {
        this.context = context;
        this.judge = judge;
        this.limits = limits;
        this.offer = TlsOffer.of(context.getDefaultSSLParameters(), wanted);
    }

    static TlsClient create(ChainJudge judge, Supplier<TlsLimits> limits, Optional<ClientIdentity> identity) {
        return create(judge, limits, identity, VERSIONS);
    }

    /** A client that speaks one version, to find out whether a server does. */
    static TlsClient only(ChainJudge judge, Supplier<TlsLimits> limits, TlsVersion version) {
        return create(judge, limits, Optional.empty(), List.of(version.protocol()));
    }

    /** What a client of this JVM offers where nothing is stopped. */
    public static TlsOffer usualOffer() {
        try {
            return TlsOffer.of(SSLContext.getDefault().getDefaultSSLParameters(), VERSIONS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private static TlsClient create(
            ChainJudge judge, Supplier<TlsLimits> limits, Optional<ClientIdentity> identity, List<String> versions) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), new TrustManager[] {new AcceptAnyChain()}, new SecureRandom());
            context.getClientSessionContext().setSessionCacheSize(CACHED_SESSIONS);
            context.getClientSessionContext().setSessionTimeout(CACHED_SECONDS);
            return new TlsClient(context, judge, limits, versions);
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

    /** Why there is no handshake at this moment, if an emergency leaves nothing to offer. */
    Optional<String> obstacle() {
        TlsLimits now = limits.get();
        return now.off()
                .map(stop -> "emergency: " + stop.told())
                .or(() -> offer.under(now).isEmpty()
                        ? Optional.of("emergency: nothing that we could offer is left of TLS")
                        : Optional.empty());
    }

    SSLSocket layer(Socket raw, ServerName server) throws IOException {
        int port = server.address().getPort();
        // The first name is also the key of the session cache.
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, server.displayName(), port, true);
        SSLParameters parameters = tls.getSSLParameters();
        TlsOffer left = offer.under(limits.get());
        parameters.setProtocols(left.versions().toArray(new String[0]));
        parameters.setCipherSuites(left.suites().toArray(new String[0]));
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
