/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Optional;

/**
 * Names that a certificate may carry: one host name, or everything below a domain.
 *
 * @param domain A-labels in lower case without a trailing dot
 * @param below if true every name below {@code domain} is meant and not {@code domain} itself; if false only {@code domain}
 */
public record NamePattern(String domain, boolean below) implements Comparable<NamePattern> {
    private static final String WILDCARD = "*.";

    /**
     * Reads {@code mx.example.org} (that name) or {@code .example.org} (all names below it, as in Postfix and as in
     * {@link DomainMatch}).
     *
     * @throws IllegalArgumentException if it is no domain name
     */
    public static NamePattern parse(String text) {
        String trimmed = text.trim();
        boolean below = trimmed.startsWith(".");
        String domain = DomainName.canonicalOrEmpty(below ? trimmed.substring(1) : trimmed)
                .orElseThrow(() -> new IllegalArgumentException("unsupported name \"" + text
                        + "\" (expected: a host name like mx.example.org, or .example.org for all below it)"));
        return new NamePattern(domain, below);
    }

    /** True if {@code name} is one of the names meant here; false for what is no name. Never throws. */
    public boolean matches(String name) {
        return DomainName.canonicalOrEmpty(name).filter(this::means).isPresent();
    }

    private boolean means(String canonical) {
        return below ? canonical.endsWith("." + domain) : canonical.equals(domain);
    }

    /**
     * True if a certificate with that dNSName is valid for one of the names meant here. A wildcard stands for exactly one whole
     * left-most label (RFC 9525 §6.3), and never for the whole of a top-level domain. Never throws: what is no name never counts.
     */
    public boolean isCarriedBy(String dnsName) {
        if (!dnsName.startsWith(WILDCARD)) {
            return matches(dnsName);
        }
        Optional<String> parent = DomainName.canonicalOrEmpty(dnsName.substring(WILDCARD.length()))
                .filter(name -> name.contains("."));
        return below
                ? parent.filter(name -> name.equals(domain) || means(name)).isPresent()
                : parent.isPresent() && parent.equals(DomainName.parent(domain));
    }

    /** The names that both mean: as patterns are exact names or subtrees, that is a pattern again or nothing. */
    public Optional<NamePattern> intersect(NamePattern other) {
        if (covers(other)) {
            return Optional.of(other);
        }
        return other.covers(this) ? Optional.of(this) : Optional.empty();
    }

    /** True if every name that {@code other} means is meant here too. */
    public boolean covers(NamePattern other) {
        return equals(other) || (below && means(other.domain));
    }

    @Override
    public int compareTo(NamePattern other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return below ? "." + domain : domain;
    }
}
