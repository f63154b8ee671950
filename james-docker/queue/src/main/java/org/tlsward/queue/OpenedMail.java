/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * A mail of the queue as James knows it: the envelope is read, the message is not.
 *
 * @param mail has to be disposed of, or its message stays on the disk until the garbage collector finds out
 */
record OpenedMail(MailImpl mail, StoredMessage message) {

    /** Opens a mail; empty if it is gone. */
    static Optional<OpenedMail> open(MailStore store, QueuedMail queued) throws IOException {
        if (!queued.open()) {
            return Optional.empty();
        }
        try {
            Optional<MailReader.Head> head = store.reader().head(queued.id());
            if (head.isEmpty()) {
                throw new DamagedMailException("mail " + queued.id() + " is not in the table any more");
            }
            return Optional.of(open(store, queued, head.get()));
        } catch (IOException | RuntimeException e) {
            store.release(queued);
            throw e;
        }
    }

    private static OpenedMail open(MailStore store, QueuedMail queued, MailReader.Head head) throws IOException {
        if (!head.intact()) {
            throw new DamagedMailException("the envelope of mail " + queued.id() + " is not what was written");
        }
        MailImpl mail = Envelope.read(head.envelope()).toMail();
        StoredMessage message = new StoredMessage(store, queued, head);
        if (head.place() == MessageBytes.Place.NOWHERE) {
            // Without a message nobody would ever dispose of it.
            message.dispose();
            return new OpenedMail(mail, message);
        }
        try {
            mail.setMessageNoCopy(new MimeMessageWrapper(message));
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail without a message took none", e);
        }
        return new OpenedMail(mail, message);
    }

    void dispose() {
        mail.dispose();
        message.dispose();
    }
}
