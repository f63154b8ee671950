/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tlsward.dane.Der.MalformedDer;
import org.tlsward.policy.CertificateFitness;
import org.tlsward.policy.CertificateNames;

/**
 * What a path to a DANE-TA anchor has to obey: everything that PKIX asks for, from the server's certificate to the anchor and including
 * it (RFC 7671 §5.2, RFC 7672 §3.1.2), and the name (RFC 7672 §3.2.3).
 *
 * <p>RFC 5280 §6.1 takes an anchor as a name and a key and does not look at its dates, because whoever installs an anchor has looked.
 * Nobody installs the anchor of DANE-TA: it comes with the handshake, and a digest in DNS outlives its end without a hint. So its
 * certificate is held to its dates, to being a CA and to its own limits. OpenSSL 3.0 does the same but for one thing: it looks at the
 * dates of an anchor only if that is self-signed. A bare key in DNS has none of these.
 */
final class PathRules {
    private static final String NAME_CONSTRAINTS = "2.5.29.30"; // RFC 5280 §4.2.1.10
    private static final int CERT_SIGN = 5; // RFC 5280 §4.2.1.3
    private static final int LONGEST_NAME = 100;

    private final Set<String> referenceNames;
    private final Instant now;

    PathRules(Set<String> referenceNames, Instant now) {
        this.referenceNames = referenceNames;
        this.now = now;
    }

    /** What is wrong with a path whose last certificate is the anchor. */
    Optional<String> fault(List<X509Certificate> path) {
        X509Certificate anchor = path.get(path.size() - 1);
        List<X509Certificate> below = path.subList(0, path.size() - 1);
        return faultOf(below)
                .or(() -> certificateFault(anchor))
                .or(() -> issuing(anchor, below))
                .or(() -> outsideNameConstraints(anchor, below))
                // Its signature means nothing: it is trusted by the record. Its key signs.
                .or(() -> CertificateFitness.weakness(anchor.getPublicKey())
                        .map(weak -> of(anchor) + " is weak: " + weak))
                .or(() -> byPkix(below, () -> new TrustAnchor(anchor, null)));
    }

    /** What is wrong with a path whose last certificate was signed by a key from DNS. */
    Optional<String> fault(List<X509Certificate> path, PublicKey anchor) {
        X509Certificate last = path.get(path.size() - 1);
        return faultOf(path)
                .or(() -> CertificateFitness.weakness(anchor).map(weak -> "the key in DNS is weak: " + weak))
                .or(() -> byPkix(path, () -> new TrustAnchor(last.getIssuerX500Principal(), anchor, null)));
    }

    private Optional<String> faultOf(List<X509Certificate> path) {
        return nameAndPurpose(path.get(0)).or(() -> path.stream()
                .map(this::faultBelowAnchor)
                .flatMap(Optional::stream)
                .findFirst());
    }

    private Optional<String> faultBelowAnchor(X509Certificate certificate) {
        return certificateFault(certificate)
                .or(() -> CertificateFitness.weakness(certificate).map(weak -> of(certificate) + " is weak: " + weak));
    }

    private Optional<String> nameAndPurpose(X509Certificate leaf) {
        if (referenceNames.stream().noneMatch(name -> CertificateNames.isFor(leaf, name))) {
            List<String> names = CertificateNames.dnsNames(leaf);
            return Optional.of("the server's certificate is for "
                    + (names.isEmpty() ? "no name" : clean(String.join(", ", names))) + " (expected: "
                    + String.join(" or ", referenceNames.stream().sorted().toList()) + ")");
        }
        return CertificateFitness.isForServers(leaf)
                ? Optional.empty()
                : Optional.of("the server's certificate is not for TLS servers");
    }

    private Optional<String> certificateFault(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(to)) {
            return Optional.of(of(certificate) + " is valid from " + from + " to " + to);
        }
        // RFC 5280 §4.2.1.12 speaks of the end entity; that a CA's purposes limit what is below it is what everybody
        // does.
        return CertificateFitness.allowsServers(certificate)
                ? Optional.empty()
                : Optional.of(of(certificate) + " is not for TLS servers");
    }

    /** What PKIX does not ask an anchor. */
    private static Optional<String> issuing(X509Certificate anchor, List<X509Certificate> below) {
        boolean[] usage = anchor.getKeyUsage();
        int longest = anchor.getBasicConstraints();
        if (longest < 0 || (usage != null && !usage[CERT_SIGN])) {
            return Optional.of(of(anchor) + " is no CA");
        }
        if (anchor.hasUnsupportedCriticalExtension()) { // RFC 5280 §4.2
            return Optional.of(of(anchor) + " has a critical extension that is unknown here");
        }
        // RFC 5280 §4.2.1.9: the server's certificate does not count, nor what its subject issued to itself.
        long between = below.stream().skip(1).filter(ca -> !isSelfIssued(ca)).count();
        return between > longest
                ? Optional.of(of(anchor) + " allows a path of " + longest + " CAs below it, not of " + between)
                : Optional.empty();
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** RFC 5280 §6.1.4 (g), which Java's validator does not do for an anchor; what a CA issued to itself is exempt (§4.2.1.10). */
    private static Optional<String> outsideNameConstraints(X509Certificate anchor, List<X509Certificate> below) {
        byte[] extension = anchor.getExtensionValue(NAME_CONSTRAINTS);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            X509CertSelector allowed = new X509CertSelector();
            allowed.setNameConstraints(new Der(extension).next().content());
            return below.stream()
                    .filter(certificate -> certificate.equals(below.get(0)) || !isSelfIssued(certificate))
                    .filter(certificate -> !allowed.match(certificate))
                    .map(certificate -> of(certificate) + " is outside of the name constraints of " + of(anchor))
                    .findFirst();
        } catch (IOException | MalformedDer e) {
            return Optional.of("the name constraints of " + of(anchor) + " cannot be read");
        }
    }

    /** Signatures, basicConstraints, path length, keyUsage, name constraints, unknown critical extensions (RFC 5280 §6.1). */
    private Optional<String> byPkix(List<X509Certificate> path, Supplier<TrustAnchor> anchor) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor.get()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.of("the path from the server's certificate is not valid: " + clean(e.getMessage()));
        }
    }

    /** For people. */
    static String of(X509Certificate certificate) {
        return "\"" + clean(certificate.getSubjectX500Principal().getName()) + "\"";
    }

    /** Names in certificates are a stranger's words, and this goes into logs: one line, and not endless. */
    private static String clean(String text) {
        String bounded = String.valueOf(text);
        bounded = bounded.length() > LONGEST_NAME ? bounded.substring(0, LONGEST_NAME) + "..." : bounded;
        return bounded.replaceAll("\\p{C}|\\p{Zl}|\\p{Zp}", "?");
    }
}
