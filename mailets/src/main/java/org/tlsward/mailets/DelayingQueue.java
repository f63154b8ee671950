/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.Mail;
import org.tlsward.james.WaitingNote;

/** A queue that keeps a mail back by itself: James' in memory, on ActiveMQ, on Pulsar, and ours on disk. */
final class DelayingQueue implements OutgoingQueue {
    private final MailQueue queue;
    private final Clock clock;

    DelayingQueue(MailQueue queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public MailQueue ready() {
        return queue;
    }

    @Override
    public List<MailQueue> all() {
        return List.of(queue);
    }

    @Override
    public List<Mail> heads() {
        return List.of();
    }

    @Override
    public void put(Mail mail, Duration pause) throws MessagingException {
        Instant due = clock.instant().plus(pause);
        WaitingNote.of(mail)
                .orElseGet(() -> WaitingNote.first(due))
                .until(due, due)
                .write(mail);
        if (pause.isZero()) {
            queue.enQueue(mail);
        } else {
            queue.enQueue(mail, pause);
        }
    }

    @Override
    public void start() {
        // The queue does it.
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}
