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
 * @param trustAnchor file with the trust anchors of the root; empty for those built in
 */
public record DnsSettings(Mode mode, List<InetSocketAddress> servers, Optional<Path> trustAnchor) {
    /** Validation of our own, resolvers of the operating system. */
    public static final DnsSettings DEFAULT = new DnsSettings(Mode.VALIDATE, List.of(), Optional.empty());

    /** Who validates DNSSEC. */
    public enum Mode {
        /** We do. */
        VALIDATE,
        /** A resolver on this host does, and we take its AD bit for it (RFC 6698 Appendix A.3). */
        TRUST_AD
    }

    /** Copies its arguments. */
    public DnsSettings {
        servers = List.copyOf(servers);
    }
}
