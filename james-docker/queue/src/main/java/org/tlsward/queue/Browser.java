/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;

/** A walk over what was in a queue when it began; what has gone meanwhile is left out. */
final class Browser implements MailQueueIterator {

    private final Iterator<QueuedMail> mails;
    private final Function<QueuedMail, Optional<MailQueueItemView>> viewer;
    private Optional<MailQueueItemView> ahead = Optional.empty();

    Browser(List<QueuedMail> mails, Function<QueuedMail, Optional<MailQueueItemView>> viewer) {
        this.mails = mails.iterator();
        this.viewer = viewer;
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && mails.hasNext()) {
            ahead = viewer.apply(mails.next());
        }
        return ahead.isPresent();
    }

    @Override
    public MailQueueItemView next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more mail in the queue");
        }
        MailQueueItemView view = ahead.get();
        ahead = Optional.empty();
        return view;
    }

    @Override
    public void close() {
        ahead.ifPresent(view -> LifecycleUtil.dispose(view));
        ahead = Optional.empty();
    }
}
