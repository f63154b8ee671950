/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

/** What happened to one mail and one of its recipients. */
public sealed interface EvidenceEntry extends Recordable permits EvidenceRecord, EvidenceAction, EvidenceHops {

    /** Which mail, and for whom. */
    MailIdentity mail();

    @Override
    EvidenceEntry with(AddressForm form);
}
