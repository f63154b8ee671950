/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of a certificate: subject alternative names only, never the common name (RFC 9525 §2), and whom they mean. */
public final class CertificateNames {
    private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6
    private static final int IP_ADDRESS = 7;

    private CertificateNames() {}

    /** True if the certificate is for that host. Never throws: names that cannot be read name nobody. */
    public static boolean isFor(X509Certificate certificate, String host) {
        return name(host, dnsNames(certificate), ipAddresses(certificate));
    }

    /** True if these names of a certificate mean that host; an address only by an iPAddress entry (RFC 9525 §6.4). */
    static boolean name(String host, Collection<String> dnsNames, Set<InetAddress> addresses) {
        Optional<InetAddress> address = AddressLiteral.parse(host);
        if (address.isPresent()) {
            return addresses.contains(address.get());
        }
        return DomainName.canonicalOrEmpty(host)
                .map(name -> new NamePattern(name, false))
                .filter(pattern -> dnsNames.stream().anyMatch(pattern::isCarriedBy))
                .isPresent();
    }

    /** DNS names in lower case without the trailing dot, in the order of the certificate; wildcards as they stand there. */
    public static List<String> dnsNames(X509Certificate certificate) {
        return ofKind(certificate, DNS_NAME).stream()
                .map(CertificateNames::canonical)
                .distinct()
                .toList();
    }

    /** IP addresses. The JDK hands them out in digits, so nothing is looked up. */
    public static Set<InetAddress> ipAddresses(X509Certificate certificate) {
        return ofKind(certificate, IP_ADDRESS).stream()
                .map(AddressLiteral::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> ofKind(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .orElse(List.of());
            return names.stream()
                    .filter(name -> name.get(0).equals(kind))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of(); // names that cannot be read name nobody
        }
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
