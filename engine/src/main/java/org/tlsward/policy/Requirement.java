/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a delivery must have: a conjunction of conditions. {@link #join} takes the conditions of both sides; it is commutative,
 * associative and idempotent, and its result is never weaker than a side.
 *
 * @param encrypted TLS, any certificate
 * @param validChain the certificate chains to a trusted CA and is not expired
 * @param mxName the certificate names the MX host
 * @param nextHopName the certificate names the next hop or a name below it ({@code secure} without names)
 * @param daneRequired a matching TLSA record
 * @param authenticated DANE, enforced MTA-STS, names of a local rule or a pin: something that an attacker on DNS cannot choose
 * @param requireTls the sender used REQUIRETLS (RFC 8689)
 * @param forwardSecrecy an ephemeral key exchange
 * @param minimum the oldest TLS version, empty if any
 * @param names names of which the certificate must carry one; empty if any; an empty set cannot be satisfied
 * @param pins SHA-256 of certificates of which one must be shown, lower-case hexadecimal; an empty set cannot be satisfied
 * @param never not by e-mail at all: cannot be satisfied, on purpose
 */
public record Requirement(
        boolean encrypted,
        boolean validChain,
        boolean mxName,
        boolean nextHopName,
        boolean daneRequired,
        boolean authenticated,
        boolean requireTls,
        boolean forwardSecrecy,
        Optional<TlsVersion> minimum,
        Optional<NavigableSet<NamePattern>> names,
        Optional<NavigableSet<String>> pins,
        boolean never) {

    /** No condition at all. */
    public static final Requirement NOTHING = builder().build();

    private static final Requirement AUTHENTICATED = builder().authenticated().build();

    /** Cannot be satisfied: such mail never travels. */
    public static final Requirement NEVER = builder().never().build();

    /**
     * Cannot be satisfied, and nobody wanted that: what an unreadable mark of a mail means. Unlike {@link #NEVER} it is an error to
     * be mended.
     */
    public static final Requirement UNSATISFIABLE = builder().pins(List.of()).build();

    /** Every condition implies TLS, and every name a valid chain: a name in a certificate that anybody can make says nothing. */
    public Requirement {
        validChain = validChain || mxName || nextHopName || names.isPresent();
        encrypted = encrypted
                || validChain
                || mxName
                || nextHopName
                || daneRequired
                || authenticated
                || requireTls
                || forwardSecrecy
                || minimum.isPresent()
                || names.isPresent()
                || pins.isPresent()
                || never;
        names = names.map(NameSets::reduce);
        pins = pins.map(Requirement::lowerCase);
    }

    /** Starts from {@link #NOTHING}. */
    public static RequirementBuilder builder() {
        return new RequirementBuilder();
    }

    /** All conditions of both. */
    public Requirement join(Requirement other) {
        return new Requirement(
                encrypted || other.encrypted,
                validChain || other.validChain,
                mxName || other.mxName,
                nextHopName || other.nextHopName,
                daneRequired || other.daneRequired,
                authenticated || other.authenticated,
                requireTls || other.requireTls,
                forwardSecrecy || other.forwardSecrecy,
                newer(minimum, other.minimum),
                NameSets.intersect(names, other.names),
                intersect(pins, other.pins),
                never || other.never);
    }

    /** The same without the sender's REQUIRETLS, which is a rule of its own; TLS stays required. */
    Requirement withoutRequireTls() {
        return new Requirement(
                encrypted,
                validChain,
                mxName,
                nextHopName,
                daneRequired,
                authenticated,
                false,
                forwardSecrecy,
                minimum,
                names,
                pins,
                never);
    }

    /** True if no certificate and no server can meet it: two rules exclude each other, or {@code never}. */
    public boolean isUnsatisfiable() {
        return never
                || names.filter(NavigableSet::isEmpty).isPresent()
                || pins.filter(NavigableSet::isEmpty).isPresent();
    }

    /** True if nothing is required. */
    public boolean isEmpty() {
        return equals(NOTHING);
    }

    /**
     * True if whatever satisfies this satisfies {@code other} too: it has every condition of {@code other}, or one that implies it.
     * Nothing is stronger than {@code never}.
     */
    public boolean atLeast(Requirement other) {
        return never || join(other).implied().equals(implied());
    }

    /** The same demand with what follows from it spelled out: DANE, names of a rule and pins authenticate. */
    private Requirement implied() {
        return daneRequired || nextHopName || names.isPresent() || pins.isPresent() ? join(AUTHENTICATED) : this;
    }

    private static NavigableSet<String> lowerCase(NavigableSet<String> digests) {
        return digests.stream()
                .map(digest -> digest.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<TlsVersion> newer(Optional<TlsVersion> left, Optional<TlsVersion> right) {
        if (left.isPresent() && right.isPresent()) {
            return left.get().atLeast(right.get()) ? left : right;
        }
        return left.or(() -> right);
    }

    private static Optional<NavigableSet<String>> intersect(
            Optional<NavigableSet<String>> left, Optional<NavigableSet<String>> right) {
        if (left.isPresent() && right.isPresent()) {
            NavigableSet<String> both = new TreeSet<>(left.get());
            both.retainAll(right.get());
            return Optional.of(both);
        }
        return left.or(() -> right);
    }
}
