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
 */
public record DnsSettings(
        Mode mode, List<InetSocketAddress> servers, Optional<Path> trustAnchor, String signedName, String brokenName) {
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

    /** With the usual names for the self-test. */
    public DnsSettings(Mode mode, List<InetSocketAddress> servers, Optional<Path> trustAnchor) {
        this(mode, servers, trustAnchor, SIGNED_NAME, BROKEN_NAME);
    }

    /** Copies its arguments. */
    public DnsSettings {
        servers = List.copyOf(servers);
    }
}
