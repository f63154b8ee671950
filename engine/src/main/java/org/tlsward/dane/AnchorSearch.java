/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tlsward.dns.TlsaRecord;

/**
 * Climbs from the server's certificate to its issuers among what the server sent and what stands whole in DNS, until it comes to one
 * that a DANE-TA record names. Servers send certificates in any order and too many of them. Every path that leads to an anchor is
 * judged, until one is good or {@link Signatures} gives up.
 */
final class AnchorSearch {
    private final TlsaSet records;
    private final List<X509Certificate> pool;
    private final Map<TlsaRecord, PublicKey> bareKeys = new LinkedHashMap<>();
    private final PathRules rules;
    private final Signatures signatures = new Signatures();
    private Optional<String> firstFault = Optional.empty();

    AnchorSearch(TlsaSet records, List<X509Certificate> sent, PathRules rules) {
        this.records = records;
        this.rules = rules;
        this.pool = new ArrayList<>(sent);
        for (TlsaRecord record : records.used()) {
            if (record.usage() == DaneRecords.DANE_TA && record.matching() == DaneRecords.FULL) {
                addWhatTheServerNeedNotSend(record);
            }
        }
    }

    /** RFC 7671 §5.2.2 (2 0 0) and §5.2.3 (2 1 0): a record with the whole anchor does not need it in the handshake. */
    private void addWhatTheServerNeedNotSend(TlsaRecord record) {
        if (record.selector() == DaneRecords.CERTIFICATE) {
            TlsaSet.certificate(record)
                    .filter(certificate -> !pool.contains(certificate))
                    .ifPresent(pool::add);
        } else {
            TlsaSet.data(record).flatMap(PublicKeyInfo::key).ifPresent(key -> bareKeys.put(record, key));
        }
    }

    /** The verdict, if a record matches with everything that it asks for. */
    Optional<DaneVerdict> find(X509Certificate leaf) {
        return climb(List.of(leaf));
    }

    /** Why the first anchor that was reached did not count, or why none was. */
    Optional<String> fault() {
        return firstFault.or(() -> signatures.isExhausted()
                ? Optional.of("the chain takes more than " + Signatures.MOST + " signatures to verify")
                : Optional.empty());
    }

    private Optional<DaneVerdict> climb(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        return named(path, last).or(() -> climbOn(path, last)).or(() -> signedByBareKey(path, last));
    }

    /** A record names the last certificate; never the server's own (RFC 7671 §5.2: an issuer, so at depth 1 or above). */
    private Optional<DaneVerdict> named(List<X509Certificate> path, X509Certificate last) {
        if (path.size() == 1) {
            return Optional.empty();
        }
        Set<TlsaRecord> matching = DaneRecords.matching(DaneRecords.DANE_TA, last);
        return records.used().stream().filter(matching::contains).findFirst().flatMap(record -> {
            signatures.countPath(path.size());
            return judged(record, rules.fault(path), "matches the CA " + PathRules.of(last));
        });
    }

    private Optional<DaneVerdict> climbOn(List<X509Certificate> path, X509Certificate last) {
        for (X509Certificate candidate : pool) {
            if (!path.contains(candidate) && signatures.isIssuer(candidate, last)) {
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(candidate);
                Optional<DaneVerdict> found = climb(longer);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DaneVerdict> signedByBareKey(List<X509Certificate> path, X509Certificate last) {
        for (Map.Entry<TlsaRecord, PublicKey> bare : bareKeys.entrySet()) {
            // The key of the certificate itself is no issuer above it; and a certificate that was sent is held to what
            // it says.
            if (!bare.getValue().equals(last.getPublicKey())
                    && !isSent(bare.getValue())
                    && signatures.isSignedBy(last, bare.getValue())) {
                signatures.countPath(path.size());
                Optional<DaneVerdict> found = judged(
                        bare.getKey(),
                        rules.fault(path, bare.getValue()),
                        "is the key that signed " + PathRules.of(last));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isSent(PublicKey key) {
        return pool.stream().anyMatch(certificate -> certificate.getPublicKey().equals(key));
    }

    private Optional<DaneVerdict> judged(TlsaRecord record, Optional<String> fault, String how) {
        String matched = DaneVerifier.name(record) + " " + how;
        if (fault.isEmpty()) {
            return Optional.of(new DaneVerdict(true, Optional.of(record), matched));
        }
        if (firstFault.isEmpty()) {
            firstFault = Optional.of(matched + ", but " + fault.get());
        }
        return Optional.empty();
    }
}
