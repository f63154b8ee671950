/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;
import org.tlsward.hops.HopSummary;

/**
 * How a mail says it came to us, hop by hop: a line of the type {@code hops}, one for each recipient. Only the hop marked {@code ours} is
 * what we saw; all others are claims of whoever had the mail before.
 *
 * @param time when it was read
 * @param mail which mail, and for whom
 * @param hops what its {@code Received} lines say
 */
public record EvidenceHops(Instant time, MailIdentity mail, HopSummary hops) implements EvidenceEntry {
    @Override
    public EvidenceHops with(AddressForm form) {
        return new EvidenceHops(time, mail.with(form), hops);
    }
}
