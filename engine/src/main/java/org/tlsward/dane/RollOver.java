/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tlsward.dns.TlsaRecord;

/**
 * Whether a certificate may replace the one in use, as far as the published TLSA records go (RFC 7671 §8.1): the new one has to match
 * before it is shown to anybody, for the records of the old one live on in caches.
 *
 * @param current what the published records say of the chain in use
 * @param next what they say of the chain that shall replace it
 * @param missing records to publish before the change; empty if the next chain matches already, and matches a record of every
 *     combination of usage, selector and matching type that is published: a client may know only some of them (RFC 7671 §8.4)
 * @param stale published records that count and match nothing of the next chain; to be taken out after the change, if {@code next}
 *     matches
 */
public record RollOver(DaneVerdict current, DaneVerdict next, List<TlsaRecord> missing, List<TlsaRecord> stale) {
    /** Copies its arguments. */
    public RollOver {
        missing = List.copyOf(missing);
        stale = List.copyOf(stale);
    }

    /**
     * Looks at a change before it happens.
     *
     * @param published the records of the server's host
     * @param current the chain in use, the server's certificate first
     * @param next the chain that shall replace it
     * @param referenceNames the host and the domains that it serves
     * @param now the time of the change
     */
    public static RollOver judge(
            TlsaSet published,
            List<X509Certificate> current,
            List<X509Certificate> next,
            Set<String> referenceNames,
            Instant now) {
        DaneVerdict after = DaneVerifier.verify(published, next, referenceNames, now);
        List<TlsaRecord> stale = published.used().stream()
                .filter(record -> !DaneVerifier.verify(TlsaSet.of(List.of(record)), next, referenceNames, now)
                        .matches())
                .toList();
        Set<TlsaRecord> missing = new LinkedHashSet<>(after.matches() ? List.of() : DaneRecords.toPublish(next));
        missing.addAll(uncovered(published, stale, next));
        missing.removeAll(published.used());
        return new RollOver(
                DaneVerifier.verify(published, current, referenceNames, now), after, List.copyOf(missing), stale);
    }

    /** What makes every published combination match, as far as the chain brings a certificate for it. */
    private static List<TlsaRecord> uncovered(TlsaSet published, List<TlsaRecord> stale, List<X509Certificate> next) {
        Set<String> covered = published.used().stream()
                .filter(record -> !stale.contains(record))
                .map(RollOver::combination)
                .collect(Collectors.toSet());
        return stale.stream()
                .filter(record -> !covered.contains(combination(record)))
                .flatMap(record -> described(record, next)
                        .map(certificate ->
                                DaneRecords.of(record.usage(), record.selector(), record.matching(), certificate))
                        .stream())
                .distinct()
                .toList();
    }

    private static String combination(TlsaRecord record) {
        return record.usage() + " " + record.selector() + " " + record.matching();
    }

    private static Optional<X509Certificate> described(TlsaRecord record, List<X509Certificate> chain) {
        Optional<X509Certificate> leaf = chain.stream().findFirst();
        return record.usage() == DaneRecords.DANE_EE
                ? leaf
                : leaf.flatMap(certificate -> DaneRecords.issuer(certificate, chain));
    }

    /** True if nobody loses the server by the change. */
    public boolean isSafe() {
        return next.matches() && missing.isEmpty();
    }
}
