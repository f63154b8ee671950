/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.util.List;

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

    /**
     * Records.
     *
     * @param <T> what was asked for
     * @param records at least one
     * @param security of the whole chain, aliases included
     */
    record Found<T>(List<T> records, Security security) implements DnsAnswer<T> {
        /** Copies its arguments. */
        public Found {
            records = List.copyOf(records);
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
     * @param why for logs
     */
    record Failed<T>(String why) implements DnsAnswer<T> {}
}
