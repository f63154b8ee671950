/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Duration;
import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.Mail;

/** Mail that waits to go out: what is due in one queue of James, and what is due later in the same one or in others. */
interface OutgoingQueue {
    /** Where mail that is due is taken from. */
    MailQueue ready();

    /** Every queue in which mail may wait. */
    List<MailQueue> all();

    /** Mails that were taken from a queue only to wait; not every queue still shows them. */
    List<Mail> heads();

    /**
     * Stores a mail, to be due after a pause: zero for at once. Comes back when it is stored. Writes its
     * {@link org.tlsward.james.WaitingNote}.
     */
    void put(Mail mail, Duration pause) throws MessagingException;

    /** Begins to let mails go on whose time has come. */
    void start();

    /** Takes nothing more; what waits stays stored. */
    void stop();
}
