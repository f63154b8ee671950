/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Mail;
import org.tlsward.james.RecipientNote;
import org.tlsward.policy.Requirement;

/** Takes mail away from a shelf. What it has taken is stored when it comes back. */
public interface Courier {
    /** Sends a mail back to delivery, as it is. */
    void relay(Mail mail) throws MessagingException;

    /**
     * Tells the sender that a mail comes back.
     *
     * @return false if there is nobody who could or would be told
     */
    boolean tellSender(Mail mail, List<RecipientNote> notes) throws MessagingException;

    /**
     * Sends a list of mail to the admin.
     *
     * @param full goes over TLS that does for the mail in it
     * @param redacted names nobody, and goes if the full one may not
     * @param required of the mail in it
     */
    void tellAdmin(String address, MimeMessage full, MimeMessage redacted, Requirement required)
            throws MessagingException;

    /** Who gets such lists if the configuration names nobody. */
    String postmaster();
}
