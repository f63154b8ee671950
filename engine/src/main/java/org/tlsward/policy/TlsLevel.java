/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words of the configuration for outbound mail, after Postfix's {@code smtp_tls_security_level}. Each is shorthand for a
 * {@link Requirement}; levels themselves are not ordered, requirements are (by {@link Requirement#join}).
 */
public enum TlsLevel {
    /** Requires nothing and does not try STARTTLS. */
    NONE(Requirement.NOTHING),
    /** Requires nothing; TLS if offered. */
    MAY(Requirement.NOTHING),
    /** Requires nothing by itself; what the destination publishes by DANE counts at every level anyway. */
    DANE(Requirement.NOTHING),
    /** TLS with any certificate. */
    ENCRYPT(Requirement.builder().encrypted().build()),
    /** A valid chain and the name of the MX host. */
    VERIFY(Requirement.builder().validChain().mxName().build()),
    /** A valid chain and one of the given names; without names the next hop and its subdomains. */
    SECURE(Requirement.builder().validChain().nextHopName().build()),
    /** One of the pinned certificates; the pins come with the rule. */
    FINGERPRINT(Requirement.builder().encrypted().build()),
    /** A matching TLSA record secured by DNSSEC (RFC 7672). */
    DANE_ONLY(Requirement.builder().dane().build()),
    /** Matching DANE, enforced MTA-STS, {@code secure} or a pin; never {@code verify} alone. */
    AUTHENTICATED(Requirement.builder().authenticated().build()),
    /** Not by e-mail at all. */
    NEVER(Requirement.NEVER);

    private final Requirement requirement;

    TlsLevel(Requirement requirement) {
        this.requirement = requirement;
    }

    /** What the level demands by itself, without names, pins or a minimum of its rule. */
    public Requirement requirement() {
        return requirement;
    }

    /** The word of the configuration, for example {@code dane-only}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The level with that word, case ignored. */
    public static Optional<TlsLevel> of(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** All words, for error messages. */
    public static String words() {
        return Arrays.stream(values()).map(TlsLevel::word).collect(Collectors.joining(", "));
    }
}
