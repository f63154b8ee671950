/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How names are looked up.
 *
 * @param mode who validates DNSSEC
 * @param servers resolvers to ask; empty for those of the operating system
 * @param trustAnchor file with DS or DNSKEY records of the root or of other names; empty for those of the root that are built in
 * @param signedName a domain that must be secure, for the self-test of the resolver
 * @param brokenName a domain whose signatures are broken on purpose, for the same
 * @param insecureMx what TLSA records of a host mean that an insecure MX record names
 */
public record DnsSettings(
        Mode mode,
        List<InetSocketAddress> servers,
        Optional<Path> trustAnchor,
        String signedName,
        String brokenName,
        InsecureMx insecureMx) {
    /** A large domain that has been signed for long. */
    public static final String SIGNED_NAME = "ietf.org";

    /** Kept broken for tests like ours. */
    public static final String BROKEN_NAME = "dnssec-failed.org";

    /** Validation of our own, resolvers of the operating system. */
    public static final DnsSettings DEFAULT = new DnsSettings(Mode.VALIDATE, List.of(), Optional.empty());

    /** Who validates DNSSEC. */
    public enum Mode {
        /** We do. */
        VALIDATE,
        /** A resolver on this host does, and we take its AD bit for it (RFC 6698 Appendix A.3). */
        TRUST_AD
    }

    /**
     * The TLSA records of a host that has DNSSEC, for a domain that has not: whoever forges the MX answer sends us to another host. Not one
     * of these makes a host count as authenticated (RFC 7672 §2.2.1; Postfix: {@code smtp_tls_dane_insecure_mx_policy}).
     */
    public enum InsecureMx {
        /** They are not asked for. */
        MAY,
        /** TLS is required, with any certificate. */
        ENCRYPT,
        /** One of them must match. */
        DANE
    }

    /** With the usual names for the self-test, and the usual {@link InsecureMx}. */
    public DnsSettings(Mode mode, List<InetSocketAddress> servers, Optional<Path> trustAnchor) {
        this(mode, servers, trustAnchor, SIGNED_NAME, BROKEN_NAME, InsecureMx.DANE);
    }

    /** Copies its arguments. */
    public DnsSettings {
        servers = List.copyOf(servers);
    }
}
