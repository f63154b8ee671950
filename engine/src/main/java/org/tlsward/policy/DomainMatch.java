/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/**
 * The {@code match} of a destination or an exception: which recipient domains it means. An exact name goes before the nearest
 * parent, a nearer parent before a farther one, and {@code *} comes last; {@link DestinationRules} looks them up in that order.
 *
 * <p>{@code .gov.example} means every name below {@code gov.example} and not {@code gov.example} itself, as in Postfix'
 * {@code smtp_tls_policy_maps}; who means both writes both.
 */
public sealed interface DomainMatch {

    /**
     * That domain.
     *
     * @param domain A-labels in lower case
     */
    record Exact(String domain) implements DomainMatch {
        @Override
        public String toString() {
            return domain;
        }
    }

    /**
     * Every domain below that one.
     *
     * @param domain A-labels in lower case, without the leading dot
     */
    record Below(String domain) implements DomainMatch {
        @Override
        public String toString() {
            return "." + domain;
        }
    }

    /** Every domain. */
    record Any() implements DomainMatch {
        @Override
        public String toString() {
            return "*";
        }
    }

    /**
     * Reads {@code partner.example}, {@code .gov.example} or {@code *}.
     *
     * @throws IllegalArgumentException with a message that says what was expected
     */
    static DomainMatch parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("*")) {
            return new Any();
        }
        boolean below = trimmed.startsWith(".");
        String domain = DomainName.canonicalOrEmpty(below ? trimmed.substring(1) : trimmed)
                .orElseThrow(() -> new IllegalArgumentException("unsupported match \"" + text
                        + "\" (expected: a domain like partner.example, .partner.example for all below it, or *)"));
        return below ? new Below(domain) : new Exact(domain);
    }
}
