/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Duration;
import java.time.Instant;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** How long an answer may be kept. */
final class Lifetime {
    private static final Duration LONGEST_DENIAL = Duration.ofHours(1); // RFC 2308 §5: one to three hours work well

    private Lifetime() {}

    /** Of the records of a link: the shortest TTL, and not longer than a signature is valid (RFC 4035 §5.3.3). */
    static Duration ofRecords(Message link, Instant now) {
        // A CNAME made from a DNAME may come with a TTL of 0; it lives as long as the DNAME (RFC 6672 §3.1).
        boolean made = link.getSection(Section.ANSWER).stream().anyMatch(record -> record.getType() == Type.DNAME);
        long seconds = link.getSection(Section.ANSWER).stream()
                .filter(record -> !made || record.getType() != Type.CNAME)
                .mapToLong(record -> seconds(record, now))
                .min()
                .orElse(0);
        return Duration.ofSeconds(Math.max(0, seconds));
    }

    private static long seconds(Record record, Instant now) {
        return record instanceof RRSIGRecord signature
                ? Math.min(signature.getOrigTTL(), signature.getExpire().getEpochSecond() - now.getEpochSecond())
                : record.getTTL();
    }

    /** Of a denial: what the SOA record of a zone above the name says (RFC 2308 §5), zero without one. */
    static Duration ofDenial(Message answer, Name name) {
        return answer.getSection(Section.AUTHORITY).stream()
                .filter(record -> record instanceof SOARecord && name.subdomain(record.getName()))
                .map(record -> Duration.ofSeconds(Math.min(record.getTTL(), ((SOARecord) record).getMinimum())))
                .map(ttl -> ttl.compareTo(LONGEST_DENIAL) < 0 ? ttl : LONGEST_DENIAL)
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
