/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A zone of {@link SignedZones}.
 *
 * @param name without the trailing dot; empty for the root
 * @param kind how it is signed
 * @param text its records, without SOA and NS of the apex
 * @param elsewhere who serves it instead of NSD
 */
record Zone(String name, Kind kind, String text, Optional<InetSocketAddress> elsewhere) {

    /** How a zone is signed. */
    enum Kind {
        /** NSEC. */
        NSEC,
        /** NSEC3 with opt-out of unsigned delegations. */
        NSEC3,
        /** Not, and its parent says so. */
        UNSIGNED,
        /** With signatures that fit nothing. */
        BOGUS,
        /** With signatures of last year. */
        EXPIRED
    }

    boolean isSigned() {
        return kind != Kind.UNSIGNED;
    }

    boolean encloses(Zone other) {
        return !other.name().equals(name) && (name.isEmpty() || other.name().endsWith("." + name));
    }

    /** With SOA and NS, in the syntax of zone files. */
    String file(String delegations) {
        return "$ORIGIN " + name + ".\n$TTL 300\n@ SOA ns.test. hostmaster.test. 1 3600 600 86400 60\n@ NS ns.test.\n"
                + text + "\n" + delegations;
    }
}
