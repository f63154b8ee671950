/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;

/** A mail that was handed out, until its consumer says what became of it. */
final class LeasedMail implements MailQueueItem {

    private final DurableMailQueue queue;
    private final QueuedMail queued;
    private final OpenedMail opened;
    private boolean done;

    LeasedMail(DurableMailQueue queue, QueuedMail queued, OpenedMail opened) {
        this.queue = queue;
        this.queued = queued;
        this.opened = opened;
    }

    @Override
    public Mail getMail() {
        return opened.mail();
    }

    /** Once it was told it does not change; an attempt that failed may be repeated. */
    @Override
    public synchronized void done(CompletionStatus status) throws MailQueueException {
        if (done) {
            return;
        }
        switch (status) {
            case SUCCESS -> queue.succeeded(queued);
            case RETRY -> queue.retry(queued, opened.message().damaged());
            case REJECT -> queue.reject(queued, opened.message().damaged());
        }
        done = true;
    }

    /** Nobody wanted it after all. */
    void giveBack() {
        opened.dispose();
        queue.giveBack(queued);
    }
}
