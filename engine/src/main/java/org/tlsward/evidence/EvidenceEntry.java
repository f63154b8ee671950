/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;

/** What others have written into the log: what happened to one mail and one of its recipients. */
public sealed interface EvidenceEntry permits EvidenceRecord, EvidenceAction {

    /** When it happened. */
    Instant time();

    /** Which mail, and for whom. */
    MailIdentity mail();

    /** The same with its addresses in that form. */
    EvidenceEntry with(AddressForm form);
}
