/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the mails of one queue to its consumers, each as many as it asked for, in turns, on a thread of its own. The
 * thread sleeps until a mail is due and wanted.
 */
final class Dispatcher implements Publisher<MailQueueItem>, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);
    private static final long CLOSE_MILLIS = 5_000;

    private final Backlog backlog;
    private final Function<QueuedMail, Optional<LeasedMail>> opener;
    private final Function<LeasedMail, MailQueueItem> decorator;
    private final List<Demand> consumers = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private int turn;

    /**
     * Starts the thread.
     *
     * @param opener reads a mail; empty if it cannot, and then it has seen to the mail
     * @param decorator what James wants around a mail
     */
    Dispatcher(
            String name,
            Backlog backlog,
            Function<QueuedMail, Optional<LeasedMail>> opener,
            Function<LeasedMail, MailQueueItem> decorator) {
        this.backlog = backlog;
        this.opener = opener;
        this.decorator = decorator;
        this.thread = new Thread(this::run, "mail-queue-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void subscribe(Subscriber<? super MailQueueItem> consumer) {
        Demand demand = new Demand(consumer, this::demandChanged);
        // Reactive Streams §1.3: no mail while the consumer is still being told of its subscription.
        consumer.onSubscribe(demand);
        consumers.add(demand);
        demandChanged();
        if (backlog.closed()) {
            demand.complete();
        }
    }

    /** Hands out nothing any more and says so to the consumers. */
    @Override
    public void close() {
        backlog.close();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void demandChanged() {
        consumers.removeIf(Demand::cancelled);
        backlog.wakeUp();
    }

    private void run() {
        try {
            Optional<QueuedMail> mail = backlog.take(this::wanted);
            while (mail.isPresent()) {
                handOut(mail.get());
                mail = backlog.take(this::wanted);
            }
        } catch (InterruptedException e) {
            LOGGER.warn("{} was interrupted and hands out no more mail", thread.getName());
        }
        consumers.forEach(Demand::complete);
    }

    private boolean wanted() {
        return consumers.stream().anyMatch(Demand::wantsMore);
    }

    private void handOut(QueuedMail mail) {
        opener.apply(mail).ifPresent(lease -> {
            Optional<Demand> consumer = next();
            if (consumer.isEmpty()) {
                lease.giveBack();
                return;
            }
            try {
                consumer.get().satisfy(decorator.apply(lease));
            } catch (RuntimeException | Error e) {
                // It may have begun with the mail, so nobody else gets it before a restart. The others go on.
                LOGGER.error("a consumer of {} failed to take mail {}", thread.getName(), mail.id(), e);
            }
        });
    }

    /** The next consumer that wants a mail. */
    private Optional<Demand> next() {
        List<Demand> all = List.copyOf(consumers);
        for (int i = 0; i < all.size(); i++) {
            Demand demand = all.get(Math.floorMod(turn++, all.size()));
            if (demand.wantsMore()) {
                return Optional.of(demand);
            }
        }
        return Optional.empty();
    }
}
