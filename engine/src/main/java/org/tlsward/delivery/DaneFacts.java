/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.TlsPeer;

/**
 * The TLSA records of one host.
 *
 * @param state what they mean for the policy
 * @param base the TLSA base domain (RFC 7672 §2.2.3); empty if there are no records
 * @param records as published, usable or not
 * @param trouble what went wrong if a look-up failed
 * @param detail why there are none, or why nobody knows, for people; empty if there are some
 * @param verifier what the records say of a peer; to be asked only if they are usable
 */
public record DaneFacts(
        TlsaRecords state,
        Optional<String> base,
        List<TlsaRecord> records,
        Optional<Trouble> trouble,
        String detail,
        Function<TlsPeer, DaneVerdict> verifier) {

    /** Copies its arguments. */
    public DaneFacts {
        records = List.copyOf(records);
    }

    /** No records that count. */
    static DaneFacts none(String why) {
        return new DaneFacts(
                TlsaRecords.NONE, Optional.empty(), List.of(), Optional.empty(), why, DaneFacts::matchesNothing);
    }

    /** Nobody knows. */
    static DaneFacts failed(Trouble trouble, String why) {
        return new DaneFacts(
                TlsaRecords.LOOKUP_FAILED,
                Optional.empty(),
                List.of(),
                Optional.of(trouble),
                why,
                DaneFacts::matchesNothing);
    }

    private static DaneVerdict matchesNothing(TlsPeer peer) {
        return new DaneVerdict(false, Optional.empty(), "no usable TLSA record");
    }

    /**
     * The name to ask for in the handshake if not that of the MX host (RFC 7672 §8.1). Records that authenticate nobody leave that to
     * MTA-STS, which wants the name of the MX host (RFC 8461 §7.1).
     */
    Optional<String> serverName() {
        return base.filter(name -> state == TlsaRecords.USABLE);
    }

    /** The verdict about a peer; empty if DANE has nothing to say. */
    Optional<DaneVerdict> verdict(TlsPeer peer) {
        return state == TlsaRecords.USABLE ? Optional.of(verifier.apply(peer)) : Optional.empty();
    }
}
