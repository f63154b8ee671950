/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.quarantine.Courier;
import org.tlsward.policy.Requirement;

/** Takes mail from the quarantine to the spool. */
final class ShelfCourier implements Courier {
    private final MailetContext context;
    private final SenderNotices notices;
    private final String processor;

    /**
     * A courier.
     *
     * @param processor where released mail goes
     */
    ShelfCourier(MailetContext context, SenderNotices notices, String processor) {
        this.context = context;
        this.notices = notices;
        this.processor = processor;
    }

    /** As James' own reprocessing does: into the spool, at that processor. */
    @Override
    public void relay(Mail mail) throws MessagingException {
        context.sendMail(mail, processor);
    }

    @Override
    public boolean tellSender(Mail mail, List<RecipientNote> notes) throws MessagingException {
        List<RecipientNote> wanted = BounceWithheld.wanted(mail, notes);
        if (mail.getMaybeSender().isNullSender() || wanted.isEmpty()) {
            return false;
        }
        notices.send(mail, BounceWithheld.kind(wanted), wanted);
        return true;
    }

    @Override
    public void tellAdmin(String address, MimeMessage full, MimeMessage redacted, Requirement required)
            throws MessagingException {
        notices.sendList(new MailAddress(address), full, redacted, required);
    }

    @Override
    public String postmaster() {
        return context.getPostmaster().asString();
    }
}
