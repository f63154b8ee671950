/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What one consumer of a queue has asked for and not yet got. */
final class Demand implements Subscription {

    private final Subscriber<? super MailQueueItem> consumer;
    private final Runnable changed;
    private final AtomicLong open = new AtomicLong();
    private volatile boolean cancelled;

    /** Has to be told to the consumer. */
    Demand(Subscriber<? super MailQueueItem> consumer, Runnable changed) {
        this.consumer = consumer;
        this.changed = changed;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            // Reactive Streams §3.9
            cancel();
            consumer.onError(new IllegalArgumentException("request of " + n + " mails (expected: at least 1)"));
            return;
        }
        open.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        changed.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
        changed.run();
    }

    boolean cancelled() {
        return cancelled;
    }

    boolean wantsMore() {
        return !cancelled && open.get() > 0;
    }

    /** Hands a mail to the consumer, on the one thread that does. */
    void satisfy(MailQueueItem item) {
        // Long.MAX_VALUE means without limit, Reactive Streams §3.17
        open.updateAndGet(had -> had == Long.MAX_VALUE ? had : had - 1);
        consumer.onNext(item);
    }

    synchronized void complete() {
        if (!cancelled) {
            cancelled = true;
            consumer.onComplete();
        }
    }
}
