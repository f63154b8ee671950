/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.List;
import java.util.Optional;

/**
 * The envelope of one transaction.
 *
 * @param sender empty for the null sender of DSNs
 * @param recipients at least one
 * @param returnContent RET of the sender (RFC 3461 §4.3)
 * @param envelopeId ENVID of the sender, decoded (RFC 3461 §4.4)
 * @param requireTls the sender used REQUIRETLS: the server gets the parameter too (RFC 8689 §4.2.1)
 */
public record Envelope(
        Optional<String> sender,
        List<EnvelopeRecipient> recipients,
        Optional<ReturnContent> returnContent,
        Optional<String> envelopeId,
        boolean requireTls) {

    /** The words of RET. */
    public enum ReturnContent {
        /** The whole message. */
        FULL,
        /** The header only. */
        HDRS
    }

    /** Copies its arguments. */
    public Envelope {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope needs a recipient");
        }
    }

    /** Without DSN parameters and REQUIRETLS. */
    public static Envelope of(String sender, List<String> recipients) {
        return new Envelope(
                sender.isEmpty() ? Optional.empty() : Optional.of(sender),
                recipients.stream().map(EnvelopeRecipient::of).toList(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** The same envelope for some of its recipients. */
    public Envelope withRecipients(List<EnvelopeRecipient> some) {
        return new Envelope(sender, some, returnContent, envelopeId, requireTls);
    }
}
