/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;
import java.util.Optional;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.TlsaRecords;

/**
 * What is published about one host ("B").
 *
 * @param dane its TLSA records
 * @param mtaSts what the policy of the destination says of it
 */
public record HostPublication(DaneFacts dane, StsFacts mtaSts) {
    /** Nothing. */
    public static final HostPublication NONE = new HostPublication(DaneFacts.none("not looked up"), StsFacts.none(""));

    /** What must not have changed for a connection to be used again, or a TLS session to be resumed (RULES: caches, pools and batches). */
    record Key(TlsaRecords tlsa, Optional<String> base, List<String> records, MtaSts mtaSts, Optional<String> policy) {}

    Key key() {
        // DNS gives records in any order.
        List<String> records =
                dane.records().stream().map(TlsaRecord::toString).sorted().toList();
        Optional<String> policy = mtaSts.answer() instanceof StsAnswer.Known known
                ? Optional.of(String.join("\n", known.policy().lines()))
                : Optional.empty();
        return new Key(dane.state(), dane.base(), records, mtaSts.state(), policy);
    }
}
