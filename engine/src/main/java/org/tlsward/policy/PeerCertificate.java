/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a server showed, and what the verifier found. Names are judged here, not by the verifier.
 *
 * @param chain the verdict on the chain, names aside
 * @param detail of the verdict, for people: {@code self-signed}, {@code expired on 2027-01-31}; may be empty
 * @param dnsNames dNSName entries of the leaf as they are; the common name never counts (RFC 9525 §2)
 * @param addresses iPAddress entries of the leaf
 * @param sha256 SHA-256 of the DER form in lower-case hexadecimal digits, the leaf first
 * @param tlsaMatch one usable TLSA record matches, with all the checks its usage asks for (RFC 7672 §3)
 */
public record PeerCertificate(
        Chain chain,
        String detail,
        List<String> dnsNames,
        Set<InetAddress> addresses,
        List<String> sha256,
        boolean tlsaMatch) {

    /** The verdict on a chain. */
    public enum Chain {
        /** It ends at a CA that we trust, every certificate is valid now and meant for servers. */
        VALID,
        /** It would be valid at another time. */
        EXPIRED,
        /** Anything else. */
        UNTRUSTED
    }

    /** Copies its arguments. */
    public PeerCertificate {
        dnsNames = List.copyOf(dnsNames);
        addresses = Set.copyOf(addresses);
        sha256 = List.copyOf(sha256);
    }

    /** True if the certificate is for that host; an address only by an iPAddress entry (RFC 9525 §6.4). */
    public boolean isFor(String host) {
        return CertificateNames.name(host, dnsNames, addresses);
    }

    /** True if the certificate is for that host, or for a name below it. */
    public boolean isForOrBelow(String host) {
        return isFor(host)
                || (AddressLiteral.parse(host).isEmpty()
                        && DomainName.canonicalOrEmpty(host)
                                .filter(name -> carries(new NamePattern(name, true)))
                                .isPresent());
    }

    /** True if the certificate is for one of these names. */
    boolean isForAny(Collection<NamePattern> patterns) {
        return patterns.stream().anyMatch(this::carries);
    }

    private boolean carries(NamePattern pattern) {
        return dnsNames.stream().anyMatch(pattern::isCarriedBy);
    }

    /** True if the leaf is one of these; what stands above it would pin a CA without a name. */
    boolean isOneOf(Collection<String> pins) {
        return !sha256.isEmpty() && pins.contains(sha256.get(0));
    }
}
