/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;

/** What others may write into the log. */
public sealed interface Recordable permits EvidenceEntry, EvidenceEmergency {

    /** When it happened. */
    Instant time();

    /** The same with its addresses in that form. */
    Recordable with(AddressForm form);
}
