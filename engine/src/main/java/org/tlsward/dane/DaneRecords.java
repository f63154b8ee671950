/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.dane.Der.MalformedDer;
import org.tlsward.dns.TlsaRecord;

/** The TLSA records that describe a certificate: those that it matches, and those that its owner should publish. */
public final class DaneRecords {
    static final int DANE_TA = 2; // RFC 7218 §2.1
    static final int DANE_EE = 3;
    static final int CERTIFICATE = 0; // RFC 7218 §2.2
    static final int PUBLIC_KEY = 1;
    static final int FULL = 0; // RFC 7218 §2.3
    static final int SHA_256 = 1;
    static final int SHA_512 = 2;

    private DaneRecords() {}

    /**
     * The record of one kind that matches a certificate.
     *
     * @param usage goes into the record; what the certificate is used for is the caller's business
     * @param selector 0 the certificate, 1 its public key
     * @param matching 0 the data itself, 1 SHA-256, 2 SHA-512
     * @throws IllegalArgumentException if there is no such selector or matching type, or the certificate has no DER form
     */
    public static TlsaRecord of(int usage, int selector, int matching, X509Certificate certificate) {
        try {
            byte[] selected =
                    switch (selector) {
                        case CERTIFICATE -> certificate.getEncoded();
                        case PUBLIC_KEY -> PublicKeyInfo.of(certificate);
                        default -> throw new IllegalArgumentException(
                                "unsupported selector " + selector + " (expected: 0 or 1)");
                    };
            byte[] data =
                    switch (matching) {
                        case FULL -> selected;
                        case SHA_256 -> MessageDigest.getInstance("SHA-256").digest(selected);
                        case SHA_512 -> MessageDigest.getInstance("SHA-512").digest(selected);
                        default -> throw new IllegalArgumentException(
                                "unsupported matching type " + matching + " (expected: 0, 1 or 2)");
                    };
            return new TlsaRecord(usage, selector, matching, HexFormat.of().formatHex(data));
        } catch (CertificateEncodingException | MalformedDer e) {
            throw new IllegalArgumentException("unsupported certificate: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-512", e);
        }
    }

    /** All six records of one usage that match a certificate; fewer if it has no form from which they could be made. */
    static Set<TlsaRecord> matching(int usage, X509Certificate certificate) {
        Set<TlsaRecord> all = new HashSet<>();
        for (int selector = CERTIFICATE; selector <= PUBLIC_KEY; selector++) {
            for (int matching = FULL; matching <= SHA_512; matching++) {
                existing(usage, selector, matching, certificate).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<TlsaRecord> existing(int usage, int selector, int matching, X509Certificate certificate) {
        try {
            return Optional.of(of(usage, selector, matching, certificate));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what cannot be read does not match
        }
    }

    /**
     * What the owner of a chain should publish, in this order: 3 1 1 of the server's key (RFC 7672 §3.1.1: the one to have, it survives
     * a renewal that keeps the key), and, if the chain brings the issuer's certificate, 2 0 1 of that: it survives a renewal with a new
     * key, and with the whole certificate its limits are bound too (RFC 7672 §3.1.2). A server that publishes it has to send it (ibid.).
     *
     * @param chain the server's certificate first; empty gives no records
     */
    public static List<TlsaRecord> toPublish(List<X509Certificate> chain) {
        List<TlsaRecord> records = new ArrayList<>();
        if (!chain.isEmpty()) {
            X509Certificate leaf = chain.get(0);
            records.add(of(DANE_EE, PUBLIC_KEY, SHA_256, leaf));
            issuer(leaf, chain).ifPresent(issuer -> records.add(of(DANE_TA, CERTIFICATE, SHA_256, issuer)));
        }
        return List.copyOf(records);
    }

    static Optional<X509Certificate> issuer(X509Certificate leaf, List<X509Certificate> chain) {
        Signatures signatures = new Signatures();
        return chain.stream()
                .filter(candidate -> !candidate.equals(leaf) && signatures.isIssuer(candidate, leaf))
                .findFirst();
    }
}
