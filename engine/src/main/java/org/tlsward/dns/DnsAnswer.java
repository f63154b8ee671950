/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.util.List;
import java.util.Optional;

/**
 * The answer to one question. Three things that must never be mixed up: records, the absence of records, and not knowing.
 *
 * @param <T> what is asked for
 */
public sealed interface DnsAnswer<T> {

    /** What DNSSEC says. A bogus answer is no answer but a failure. */
    enum Security {
        /** Validated up to a trust anchor. */
        SECURE,
        /** Not signed, or nobody validated it. */
        INSECURE
    }

    /** Why nobody knows. */
    enum Trouble {
        /** DNSSEC proves that somebody changed the answer, or that the zone is broken (RFC 4033 §5). */
        BOGUS,
        /** The servers answered with an error, or with what makes no sense. */
        SERVER,
        /** No server answered in time. */
        TIMEOUT
    }

    /**
     * Records.
     *
     * @param <T> what was asked for
     * @param records at least one
     * @param security of the whole chain, aliases included
     * @param canonical the name at the end of the aliases (CNAME, DNAME), in lower case without the trailing dot; empty if the name
     *     that was asked for is no alias
     */
    record Found<T>(List<T> records, Security security, Optional<String> canonical) implements DnsAnswer<T> {
        /** Copies its arguments. */
        public Found {
            records = List.copyOf(records);
        }

        /** Records of the very name that was asked for. */
        public Found(List<T> records, Security security) {
            this(records, security, Optional.empty());
        }
    }

    /**
     * No such records.
     *
     * @param <T> what was asked for
     * @param nameExists false if there is nothing at all at that name (NXDOMAIN)
     * @param security of the denial
     */
    record Absent<T>(boolean nameExists, Security security) implements DnsAnswer<T> {}

    /**
     * Nobody knows: a time-out, SERVFAIL, an answer that is bogus or makes no sense.
     *
     * @param <T> what was asked for
     * @param trouble which of them
     * @param why for logs
     */
    record Failed<T>(Trouble trouble, String why) implements DnsAnswer<T> {}
}
