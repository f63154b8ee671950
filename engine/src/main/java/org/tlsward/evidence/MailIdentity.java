/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Optional;

/**
 * Which mail, and for whom.
 *
 * @param queueId the name of the mail in the server; empty where there is no mail yet
 * @param messageId its {@code Message-ID} as it stands in the header
 * @param sender of the envelope; the empty text is the null sender
 * @param recipient of the envelope
 */
public record MailIdentity(String queueId, Optional<String> messageId, String sender, String recipient) {

    MailIdentity with(AddressForm form) {
        return new MailIdentity(queueId, messageId, form.of(sender), form.of(recipient));
    }
}
