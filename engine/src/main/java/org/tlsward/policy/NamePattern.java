/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * Names that a certificate may carry: one host name, or a domain with everything below it.
 *
 * @param domain A-labels in lower case without a trailing dot
 * @param below if true every name below {@code domain} matches too; if false only {@code domain} itself
 */
public record NamePattern(String domain, boolean below) implements Comparable<NamePattern> {

    /**
     * Reads {@code mx.example.org} (that name) or {@code .example.org} (that name and all below it).
     *
     * @throws IllegalArgumentException if it is no domain name
     */
    public static NamePattern parse(String text) {
        String trimmed = text.trim();
        boolean below = trimmed.startsWith(".");
        return new NamePattern(canonical(below ? trimmed.substring(1) : trimmed), below);
    }

    /** A domain name as A-labels, in lower case, without the trailing dot (RFC 5890 §2.3.2.1). */
    static String canonical(String name) {
        String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (!bare.matches("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
                || bare.length() > 253) {
            throw new IllegalArgumentException(
                    "unsupported name \"" + name + "\" (expected: a host name like mx.example.org, or .example.org)");
        }
        return bare;
    }

    /** True if {@code name} is one of the names meant here. */
    public boolean matches(String name) {
        String bare = canonical(name);
        return bare.equals(domain) || (below && bare.endsWith("." + domain));
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
        return below ? matches(other.domain) : equals(other);
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
