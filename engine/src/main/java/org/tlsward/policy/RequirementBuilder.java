/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Collects the conditions of one {@link Requirement}. Not thread-safe. */
public final class RequirementBuilder {
    private boolean encrypted;
    private boolean validChain;
    private boolean mxName;
    private boolean nextHopName;
    private boolean dane;
    private boolean authenticated;
    private boolean requireTls;
    private boolean forwardSecrecy;
    private Optional<TlsVersion> minimum = Optional.empty();
    private Optional<NavigableSet<NamePattern>> names = Optional.empty();
    private Optional<NavigableSet<String>> pins = Optional.empty();
    private boolean never;

    RequirementBuilder() {}

    /** TLS. */
    public RequirementBuilder encrypted() {
        encrypted = true;
        return this;
    }

    /** A chain to a trusted CA. */
    public RequirementBuilder validChain() {
        validChain = true;
        return this;
    }

    /** The name of the MX host. */
    public RequirementBuilder mxName() {
        mxName = true;
        return this;
    }

    /** The name of the next hop, or one below it. */
    public RequirementBuilder nextHopName() {
        nextHopName = true;
        return this;
    }

    /** A matching TLSA record. */
    public RequirementBuilder dane() {
        dane = true;
        return this;
    }

    /** DANE, MTA-STS, local names or a pin. */
    public RequirementBuilder authenticated() {
        authenticated = true;
        return this;
    }

    /** REQUIRETLS of the sender. */
    public RequirementBuilder requireTls() {
        requireTls = true;
        return this;
    }

    /** An ephemeral key exchange. */
    public RequirementBuilder forwardSecrecy() {
        forwardSecrecy = true;
        return this;
    }

    /** The oldest version. */
    public RequirementBuilder minimum(TlsVersion version) {
        minimum = Optional.of(version);
        return this;
    }

    /** Names of which the certificate must carry one; a valid chain goes with them. */
    public RequirementBuilder names(Collection<NamePattern> patterns) {
        validChain = true;
        names = Optional.of(new TreeSet<>(patterns));
        return this;
    }

    /** SHA-256 digests of which the certificate must have one. */
    public RequirementBuilder pins(Collection<String> sha256) {
        pins = Optional.of(new TreeSet<>(sha256));
        return this;
    }

    /** Not by e-mail at all. */
    public RequirementBuilder never() {
        never = true;
        return this;
    }

    /** The requirement. */
    public Requirement build() {
        return new Requirement(
                encrypted,
                validChain,
                mxName,
                nextHopName,
                dane,
                authenticated,
                requireTls,
                forwardSecrecy,
                minimum,
                names,
                pins,
                never);
    }
}
