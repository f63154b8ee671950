/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.dns.TlsaRecord;

/** Matches the chain that a server has shown with its TLSA records (RFC 7671, RFC 7672 §3). */
public final class DaneVerifier {
    /** More than any honest server sends, and than JSSE takes by default. */
    static final int MOST_CERTIFICATES = 32;

    private static final int DIGITS_SHOWN = 16;

    private DaneVerifier() {}

    /**
     * The verdict. One matching record is enough (RFC 7672 §9.1). Never throws: what cannot be read does not match.
     *
     * @param records of the host, from a secure answer
     * @param chain the server's certificate first, then whatever it sent in any order
     * @param referenceNames names of which the certificate has to carry one if DANE-TA decides: TLSA base domain, next-hop domain and
     *     their secure CNAME expansions (RFC 7672 §3.2.2); DANE-EE does not look at them (§3.1.1)
     * @param now the time at which a path to a DANE-TA anchor has to be valid; DANE-EE does not look at it (§3.1.1)
     */
    public static DaneVerdict verify(
            TlsaSet records, List<X509Certificate> chain, Set<String> referenceNames, Instant now) {
        if (!records.isUsable()) {
            return mismatch("there is no usable TLSA record");
        }
        if (chain.isEmpty()) {
            return mismatch("the server showed no certificate");
        }
        try {
            return byServerItself(records, chain.get(0))
                    .orElseGet(() -> byAnchor(records, chain, new PathRules(referenceNames, now)));
        } catch (RuntimeException e) {
            return mismatch(
                    "the server's certificate cannot be judged: " + e.getClass().getSimpleName());
        }
    }

    /** DANE-EE: the server's certificate or key, and nothing else: no name, no dates, no issuer (RFC 7672 §3.1.1). */
    private static Optional<DaneVerdict> byServerItself(TlsaSet records, X509Certificate leaf) {
        Set<TlsaRecord> matching = DaneRecords.matching(DaneRecords.DANE_EE, leaf);
        return records.used().stream()
                .filter(matching::contains)
                .findFirst()
                .map(record -> new DaneVerdict(
                        true,
                        Optional.of(record),
                        name(record) + " matches the server's "
                                + (record.selector() == DaneRecords.CERTIFICATE ? "certificate" : "key")));
    }

    private static DaneVerdict byAnchor(TlsaSet records, List<X509Certificate> chain, PathRules rules) {
        if (chain.size() > MOST_CERTIFICATES) {
            return mismatch("the server showed more than " + MOST_CERTIFICATES + " certificates");
        }
        X509Certificate leaf = chain.get(0);
        AnchorSearch search = new AnchorSearch(records, chain, rules);
        return search.find(leaf).orElseGet(() -> mismatch(search.fault().orElseGet(() -> noneMatches(records, leaf))));
    }

    private static String noneMatches(TlsaSet records, X509Certificate leaf) {
        int count = records.used().size();
        String none = count == 1
                ? name(records.used().get(0)) + " does not match"
                : "none of " + count + " usable TLSA records matches";
        TlsaRecord seen = DaneRecords.of(DaneRecords.DANE_EE, DaneRecords.PUBLIC_KEY, DaneRecords.SHA_256, leaf);
        return none + "; the server's key is " + seen;
    }

    private static DaneVerdict mismatch(String detail) {
        return new DaneVerdict(false, Optional.empty(), detail);
    }

    /** A record for people, cut: whole certificates stand in some. */
    static String name(TlsaRecord record) {
        String text = record.toString();
        int longest = text.length() - record.data().length() + DIGITS_SHOWN;
        return "TLSA " + (text.length() > longest ? text.substring(0, longest) + "..." : text);
    }
}
