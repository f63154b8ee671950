/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.tlsward.policy.CertificateFitness;
import org.tlsward.smtp.ChainVerdict.Trust;

/**
 * Judges the chain that a peer has shown (RFC 5280 §6): path, dates, purpose, strength. Names are the business of
 * {@link org.tlsward.policy.CertificateNames}.
 * Revocation is not looked up: for a mail server there is no answer in time that an attacker could not suppress.
 */
public final class ChainJudge {
    private final Set<TrustAnchor> anchors;
    private final Set<X509Certificate> trusted;
    private final Clock clock;

    /** Trusts these certificates, at the time of {@code clock}. */
    public ChainJudge(Collection<X509Certificate> trusted, Clock clock) {
        this.trusted = Set.copyOf(trusted);
        this.anchors = trusted.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
        this.clock = clock;
    }

    /** Trusts the CAs of the JVM. */
    public static ChainJudge ofJvm(Clock clock) {
        return new ChainJudge(issuers(Optional.empty()), clock);
    }

    /** Trusts the certificates of a key store. */
    public static ChainJudge of(KeyStore store, Clock clock) {
        return new ChainJudge(issuers(Optional.of(store)), clock);
    }

    private static List<X509Certificate> issuers(Optional<KeyStore> store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store.orElse(null));
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store cannot be read", e);
        }
    }

    /** The verdict about a chain, the server's certificate first. Never throws: what cannot be judged is not trusted. */
    public ChainVerdict judge(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return ChainVerdict.of(Trust.MISSING, "the server showed no certificate");
        }
        if (anchors.isEmpty()) {
            return ChainVerdict.of(Trust.UNTRUSTED, "no CA is trusted here");
        }
        try {
            return judgePath(chain);
        } catch (GeneralSecurityException | RuntimeException e) {
            return ChainVerdict.of(Trust.UNTRUSTED, String.valueOf(e.getMessage()));
        }
    }

    private ChainVerdict judgePath(List<X509Certificate> chain) throws GeneralSecurityException {
        Date now = Date.from(clock.instant());
        X509Certificate leaf = chain.get(0);
        List<X509Certificate> path;
        try {
            path = path(chain, now);
        } catch (CertPathBuilderException e) {
            return wouldBeValidAtAnotherTime(chain)
                    ? ChainVerdict.of(
                            Trust.EXPIRED,
                            "valid from " + leaf.getNotBefore().toInstant() + " to "
                                    + leaf.getNotAfter().toInstant())
                    : ChainVerdict.of(
                            Trust.UNTRUSTED,
                            "no path to a trusted CA from issuer \""
                                    + leaf.getIssuerX500Principal().getName() + "\"");
        }
        if (!CertificateFitness.isForServers(leaf)) {
            return ChainVerdict.of(Trust.WRONG_PURPOSE, "the certificate is not for TLS servers");
        }
        return path.stream()
                .map(CertificateFitness::weakness)
                .flatMap(Optional::stream)
                .findFirst()
                .map(weakness -> ChainVerdict.of(Trust.WEAK, weakness))
                .orElse(ChainVerdict.of(Trust.VALID, ""));
    }

    /** The path from the leaf to an anchor, without the anchor. What the peer sent may be in any order, or too much. */
    private List<X509Certificate> path(List<X509Certificate> chain, Date at) throws GeneralSecurityException {
        X509Certificate leaf = chain.get(0);
        if (trusted.contains(leaf)) { // self-signed, and the administrator trusts it; PKIX would not look at its dates
            if (!validAt(leaf, at.toInstant())) {
                throw new CertPathBuilderException("the trusted certificate is not valid now");
            }
            return List.of(leaf);
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        PKIXBuilderParameters parameters = parameters(target);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(new HashSet<>(chain))));
        parameters.setDate(at);
        PKIXCertPathBuilderResult result =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        return result.getCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private PKIXBuilderParameters parameters(X509CertSelector target) throws InvalidAlgorithmParameterException {
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.setRevocationEnabled(false);
        return parameters;
    }

    private static boolean validAt(X509Certificate certificate, Instant moment) {
        return !moment.isBefore(certificate.getNotBefore().toInstant())
                && !moment.isAfter(certificate.getNotAfter().toInstant());
    }

    /** A moment at which every certificate of the chain was valid, if there is one, tells an old chain from a foreign one. */
    private boolean wouldBeValidAtAnotherTime(List<X509Certificate> chain) throws GeneralSecurityException {
        X509Certificate leaf = chain.get(0);
        for (X509Certificate certificate : chain) {
            for (Date moment : List.of(certificate.getNotAfter(), certificate.getNotBefore())) {
                if (validAt(leaf, moment.toInstant()) && buildsAt(chain, moment)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean buildsAt(List<X509Certificate> chain, Date moment) throws GeneralSecurityException {
        try {
            path(chain, moment);
            return true;
        } catch (CertPathBuilderException e) {
            return false;
        }
    }
}
