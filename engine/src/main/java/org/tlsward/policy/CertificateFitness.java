/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said of one certificate by itself: whether it is meant for TLS servers, and whether it is strong enough. */
public final class CertificateFitness {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280 §4.2.1.12
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final int SMALLEST_RSA = 2048; // RFC 9325 §4.5
    private static final int SMALLEST_EC = 224;
    private static final List<String> BROKEN_DIGESTS = List.of("MD2", "MD5", "SHA1");

    private CertificateFitness() {}

    /** True if the certificate may stand for a TLS server. */
    public static boolean isForServers(X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        // RFC 5280 §4.2.1.3: digitalSignature (0), keyEncipherment (2) or keyAgreement (4).
        return allowsServers(leaf) && (usage == null || usage[0] || usage[2] || usage[4]);
    }

    /** True if the extended key usage, where there is one, includes TLS servers; asked of a CA too, it limits what is below. */
    public static boolean allowsServers(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(SERVER_AUTH) || purposes.contains(ANY_PURPOSE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** What is too weak about the key or the signature of a certificate. */
    public static Optional<String> weakness(X509Certificate certificate) {
        String digest = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
        return BROKEN_DIGESTS.stream().anyMatch(digest::startsWith)
                ? Optional.of("signed with " + certificate.getSigAlgName())
                : weakness(certificate.getPublicKey());
    }

    /** What is too weak about a key. */
    public static Optional<String> weakness(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits < SMALLEST_RSA ? Optional.of("RSA key of " + bits + " bits") : Optional.empty();
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getOrder().bitLength();
            return bits < SMALLEST_EC ? Optional.of("EC key of " + bits + " bits") : Optional.empty();
        }
        return key instanceof EdECPublicKey ? Optional.empty() : Optional.of(key.getAlgorithm() + " key");
    }
}
