/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.policy.TlsaRecords;

/**
 * The TLSA records of one host: which of them count, and why the others do not. Their order in DNS means nothing, and means nothing
 * here: two sets of the same records are equal.
 */
public final class TlsaSet {
    /** DANE-EE before DANE-TA, so that the record that asks for less is found first. */
    private static final Comparator<TlsaRecord> ORDER = Comparator.comparingInt(TlsaRecord::usage)
            .reversed()
            .thenComparingInt(TlsaRecord::selector)
            .thenComparing(Comparator.comparingInt(TlsaRecord::matching).reversed())
            .thenComparing(TlsaRecord::data);

    private final List<Examined> examined;
    private final List<TlsaRecord> used;

    /** What becomes of a record. */
    public enum Standing {
        /** It counts. */
        USED,
        /** It could be used, but a record with a stronger digest stands beside it (RFC 7671 §9). */
        OUTRANKED,
        /** It cannot be used for SMTP (RFC 6698 §4.1, RFC 7672 §3.1.3). */
        UNUSABLE
    }

    /**
     * A record and what becomes of it.
     *
     * @param record as it stands in DNS
     * @param standing whether it counts
     * @param why for people: why it does not count; empty if it does
     */
    public record Examined(TlsaRecord record, Standing standing, String why) {}

    private TlsaSet(Collection<TlsaRecord> records) {
        List<Examined> all = new ArrayList<>();
        Set<TlsaRecord> usable = new TreeSet<>(ORDER);
        for (TlsaRecord record : records) {
            if (fault(record).isEmpty()) {
                usable.add(record);
            }
        }
        for (TlsaRecord record : records) {
            all.add(examine(record, usable));
        }
        this.examined = List.copyOf(all);
        this.used = usable.stream()
                .filter(record -> stronger(record, usable).isEmpty())
                .toList();
    }

    /** Examines the records of a secure answer; whether it was secure is the caller's business. */
    public static TlsaSet of(Collection<TlsaRecord> records) {
        Set<TlsaRecord> sorted = new TreeSet<>(ORDER);
        sorted.addAll(records);
        return new TlsaSet(sorted);
    }

    private static Examined examine(TlsaRecord record, Set<TlsaRecord> usable) {
        Optional<String> fault = fault(record);
        if (fault.isPresent()) {
            return new Examined(record, Standing.UNUSABLE, fault.get());
        }
        return stronger(record, usable)
                .map(other -> new Examined(
                        record,
                        Standing.OUTRANKED,
                        "not used, because " + other.usage() + " " + other.selector() + " " + other.matching()
                                + " stands beside it"))
                .orElse(new Examined(record, Standing.USED, ""));
    }

    /** RFC 7671 §9: of the digests of one usage and selector only the strongest counts. The data itself (0) is no digest and stays. */
    private static Optional<TlsaRecord> stronger(TlsaRecord record, Set<TlsaRecord> usable) {
        return usable.stream()
                .filter(other -> record.matching() == DaneRecords.SHA_256
                        && other.matching() == DaneRecords.SHA_512
                        && other.usage() == record.usage()
                        && other.selector() == record.selector())
                .findFirst();
    }

    /** Why a record cannot be used for SMTP, whatever the server shows. */
    private static Optional<String> fault(TlsaRecord record) {
        if (record.usage() == 0 || record.usage() == 1) {
            // RFC 7672 §3.1.3: no set of CAs that all mail servers trust exists.
            return Optional.of("usage " + record.usage() + " is not for SMTP (expected: 2 or 3)");
        }
        if (record.usage() != DaneRecords.DANE_TA && record.usage() != DaneRecords.DANE_EE) {
            return Optional.of("unsupported usage " + record.usage() + " (expected: 2 or 3)");
        }
        if (record.selector() != DaneRecords.CERTIFICATE && record.selector() != DaneRecords.PUBLIC_KEY) {
            return Optional.of("unsupported selector " + record.selector() + " (expected: 0 or 1)");
        }
        return switch (record.matching()) {
            case DaneRecords.FULL -> faultOfFullData(record);
            case DaneRecords.SHA_256 -> faultOfDigest(record, "SHA-256", 32);
            case DaneRecords.SHA_512 -> faultOfDigest(record, "SHA-512", 64);
            default -> Optional.of("unsupported matching type " + record.matching() + " (expected: 0, 1 or 2)");
        };
    }

    private static Optional<String> faultOfDigest(TlsaRecord record, String name, int octets) {
        return data(record).filter(data -> data.length == octets).isPresent()
                ? Optional.empty()
                : Optional.of("the data is no " + name + " (expected: " + octets * 2 + " hexadecimal digits, found: "
                        + record.data().length() + " characters)");
    }

    private static Optional<String> faultOfFullData(TlsaRecord record) {
        if (record.selector() == DaneRecords.CERTIFICATE) {
            return certificate(record).isPresent() ? Optional.empty() : Optional.of("the data is no certificate");
        }
        return data(record).filter(PublicKeyInfo::isWellFormed).isPresent()
                ? Optional.empty()
                : Optional.of("the data is no public key (expected: SubjectPublicKeyInfo in DER)");
    }

    /** The certificate that stands whole in a record. */
    static Optional<X509Certificate> certificate(TlsaRecord record) {
        return data(record).flatMap(TlsaSet::parse);
    }

    private static Optional<X509Certificate> parse(byte[] data) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(data));
            // The factory stops at the end of the certificate and also takes other forms than DER.
            return Arrays.equals(certificate.getEncoded(), data) ? Optional.of(certificate) : Optional.empty();
        } catch (CertificateException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The octets, if the text is hexadecimal. */
    static Optional<byte[]> data(TlsaRecord record) {
        try {
            return Optional.of(HexFormat.of().parseHex(record.data()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** True if at least one record counts. */
    public boolean isUsable() {
        return !used.isEmpty();
    }

    /** The records that count, DANE-EE first. */
    public List<TlsaRecord> used() {
        return used;
    }

    /** Every record and what becomes of it. */
    public List<Examined> examined() {
        return examined;
    }

    /** What the policy wants to know. */
    public TlsaRecords state() {
        if (examined.isEmpty()) {
            return TlsaRecords.NONE;
        }
        return isUsable() ? TlsaRecords.USABLE : TlsaRecords.UNUSABLE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsaSet set && set.examined.equals(examined);
    }

    @Override
    public int hashCode() {
        return examined.hashCode();
    }

    @Override
    public String toString() {
        return examined.toString();
    }
}
