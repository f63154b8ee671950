/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.Optional;
import org.tlsward.evidence.AddressForm;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.explain.CleanText;

/**
 * Which mails somebody asks for.
 *
 * @param recipient to whom; empty for everybody
 * @param messageId with or without angle brackets; empty for any
 * @param addresses how the log shows addresses; {@link AddressForm#PLAIN} if its key is not known
 */
public record MailQuestion(Optional<String> recipient, Optional<String> messageId, AddressForm addresses) {
    private static final String HIDDEN = "hmac:";
    private static final int LONGEST = 1000;

    /** True if that line is about one of them. */
    boolean isAbout(MailIdentity mail) {
        return messageId
                        .map(asked -> mail.messageId()
                                .filter(id -> bare(id).equals(bare(asked)))
                                .isPresent())
                        .orElse(true)
                && recipient.map(asked -> isRecipient(asked, mail.recipient())).orElse(true);
    }

    private boolean isRecipient(String asked, String written) {
        return written.equalsIgnoreCase(asked) || written.equals(addresses.of(asked));
    }

    /** True if nobody can tell whether that line is about one of them, because the address is hidden and the key is not known. */
    boolean cannotTell(MailIdentity mail) {
        return addresses == AddressForm.PLAIN
                && mail.recipient().startsWith(HIDDEN)
                && recipient.filter(asked -> !asked.startsWith(HIDDEN)).isPresent();
    }

    /** As the log has it. */
    private static String bare(String id) {
        String clean = CleanText.of(id.strip(), LONGEST);
        return clean.startsWith("<") && clean.endsWith(">") ? clean.substring(1, clean.length() - 1) : clean;
    }
}
