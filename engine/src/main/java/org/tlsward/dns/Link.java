/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Duration;
import java.util.List;
import org.tlsward.dns.DnsAnswer.Security;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What stands at one name, aliases not followed. */
sealed interface Link {

    /**
     * Records of the type that was asked for, one or more.
     *
     * @param records without signatures
     * @param security of these records alone
     * @param ttl of the shortest, never longer than their signatures are valid
     */
    record Records(List<Record> records, Security security, Duration ttl) implements Link {}

    /**
     * The name is an alias, made by a CNAME or a DNAME.
     *
     * @param target what it stands for
     * @param security of the alias alone
     * @param ttl of the alias
     */
    record Alias(Name target, Security security, Duration ttl) implements Link {}

    /**
     * No such records.
     *
     * @param nameExists false for NXDOMAIN
     * @param security of the denial
     * @param ttl of the denial (RFC 2308 §5)
     */
    record Nothing(boolean nameExists, Security security, Duration ttl) implements Link {}
}
