/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.mailet.Mail;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes mails from the queue and has them attempted, so many at a time, each in the {@linkplain Lanes lane} of its destination.
 *
 * <p>Deferred mail is a new item with a delay, stored before the old one is acknowledged. {@code RETRY} is said only while the server stops
 * and when nothing can be stored, {@code REJECT} never: queues on JMS roll both back and drop the mail after six times.
 */
final class OutgoingQueueRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutgoingQueueRunner.class);
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** Mails that are put back are in hand too for that moment. */
    private static final int GOING_BACK = 16;

    private final OutgoingQueue queue;
    private final Work work;
    private final Lanes<MailQueueItem> lanes;
    private final int inHand;
    private final ExecutorService workers = newWorkers();
    private final Scheduler dequeueScheduler = Schedulers.newSingle("tlsward-dequeue", true);
    private final AtomicInteger underWay = new AtomicInteger();
    private final Taker taker = new Taker();
    private final Queue<MailQueueItem> late = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** An attempt with one mail, which comes back when what follows is stored. */
    interface Attempt {
        /**
         * Makes it.
         *
         * @throws MessagingException with the recipients in {@code mail} for whom nothing is stored
         */
        void run(Mail mail) throws MessagingException;
    }

    /**
     * What is done with a mail.
     *
     * @param attempt one
     * @param settlement where it goes back
     * @param underWay who has it in hand
     * @param errors where ours are told
     * @param laneOf the destination it goes to
     */
    record Work(
            Attempt attempt,
            Settlement settlement,
            UnderWay underWay,
            InnerErrors errors,
            Function<Mail, String> laneOf) {}

    OutgoingQueueRunner(OutgoingQueue queue, Work work, Lanes.Limits limits) {
        this.queue = queue;
        this.work = work;
        this.lanes = new Lanes<>(limits);
        this.inHand = inHand(limits);
    }

    /** How many mails it has in hand at most: what a broker has to hand out without an acknowledgement. */
    static int inHand(Lanes.Limits limits) {
        return limits.running() + limits.waiting() + GOING_BACK;
    }

    /** A virtual thread for each attempt where the JRE has them (21 and newer), else as many platform threads as needed. */
    private static ExecutorService newWorkers() {
        try {
            Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) virtual.invoke(null);
        } catch (ReflectiveOperationException e) {
            AtomicInteger number = new AtomicInteger();
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "tlsward-delivery-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    void start() {
        Flux.from(queue.ready().deQueue())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .maxBackoff(Duration.ofMinutes(1))
                        .doBeforeRetry(signal -> work.errors()
                                .record(
                                        "the queue " + queue.ready().getName() + " gives no mails; it is asked again",
                                        signal.failure())))
                .subscribeOn(dequeueScheduler)
                .subscribe(taker);
    }

    private final class Taker extends BaseSubscriber<MailQueueItem> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(inHand);
        }

        @Override
        protected void hookOnNext(MailQueueItem item) {
            arrive(item);
        }

        void oneMore() {
            if (!stopping) {
                request(1);
            }
        }
    }

    /** Does not block: this is the thread of the queue. */
    private void arrive(MailQueueItem item) {
        if (stopping) {
            late.add(item);
        } else if (!work.underWay().begin(item.getMail().getName())) {
            execute(item, () -> drop(item));
        } else {
            String lane = lane(item.getMail());
            switch (lanes.admit(lane, item)) {
                case RUN -> execute(item, () -> run(lane, item));
                case FULL -> execute(item, () -> crowded(lane, item));
                case WAIT -> LOGGER.debug(
                        "{} waits for its turn", item.getMail().getName());
            }
        }
    }

    private String lane(Mail mail) {
        try {
            return work.laneOf().apply(mail);
        } catch (RuntimeException | LinkageError e) {
            return ""; // the attempt will tell
        }
    }

    private void execute(MailQueueItem item, Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            late.add(item); // stopping
        }
    }

    private void run(String lane, MailQueueItem item) {
        if (stopping) {
            late.add(item);
            return;
        }
        try {
            process(item);
        } finally {
            Optional<Lanes.Started<MailQueueItem>> next = lanes.finished(lane);
            next.ifPresent(each -> execute(each.item(), () -> run(each.lane(), each.item())));
            taker.oneMore();
        }
    }

    private void process(MailQueueItem item) {
        underWay.incrementAndGet();
        Mail mail = item.getMail();
        String name = mail.getName();
        try {
            work.attempt().run(mail);
            item.done(CompletionStatus.SUCCESS);
        } catch (Exception | LinkageError e) {
            keep(item, mail, e);
        } finally {
            work.underWay().end(name);
            LifecycleUtil.dispose(mail);
            underWay.decrementAndGet();
        }
    }

    /** Something of ours is broken: the mail must not be lost for it, nor go round at full speed. */
    private void keep(MailQueueItem item, Mail mail, Throwable failure) {
        work.errors().record("the attempt with " + mail.getName() + " ended in an error", failure);
        try {
            if (!mail.getRecipients().isEmpty()) {
                work.settlement().afterError(mail, "an error in this server: " + failure);
            }
            item.done(CompletionStatus.SUCCESS);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} cannot be stored again; the queue keeps it", mail.getName(), e);
            giveBackLater(item, mail);
        }
    }

    /** A copy took its place. */
    private void drop(MailQueueItem item) {
        Mail mail = item.getMail();
        try {
            item.done(CompletionStatus.SUCCESS);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} cannot be acknowledged; it is sent twice after a restart", mail.getName(), e);
        } finally {
            LifecycleUtil.dispose(mail);
            taker.oneMore();
        }
    }

    /** Too many wait for this destination: the mail waits beside them while they move, or goes back. */
    private void crowded(String lane, MailQueueItem item) {
        switch (placed(lane, item)) {
            case RUN -> run(lane, item);
            case FULL -> putBack(item);
            case WAIT -> LOGGER.debug("{} waits for its turn", item.getMail().getName());
        }
    }

    private Lanes.Place placed(String lane, MailQueueItem item) {
        try {
            return lanes.admitPatiently(lane, item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Lanes.Place.FULL;
        }
    }

    /** The mail goes back, stored first. */
    private void putBack(MailQueueItem item) {
        Mail mail = item.getMail();
        String name = mail.getName();
        try {
            work.settlement().putBack(mail, mail.getRecipients(), PutBack.CROWDED);
            item.done(CompletionStatus.SUCCESS);
        } catch (Exception | LinkageError e) {
            LOGGER.error("{} cannot be stored again; the queue keeps it", name, e);
            giveBackLater(item, mail);
        } finally {
            work.underWay().end(name);
            LifecycleUtil.dispose(mail);
            taker.oneMore();
        }
    }

    private static void giveBackLater(MailQueueItem item, Mail mail) {
        try {
            Thread.sleep(1000); // nothing can be stored: let the disk breathe
            item.done(CompletionStatus.RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} cannot be given back; it comes back when the server starts again", mail.getName(), e);
        }
    }

    private static void giveBack(MailQueueItem item) {
        Mail mail = item.getMail();
        try {
            item.done(CompletionStatus.RETRY);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} cannot be given back; it comes back when the server starts again", mail.getName(), e);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /** Asks for nothing more, waits a little for what is under way, and gives back what was not begun. */
    void stop() {
        stopping = true;
        late.addAll(lanes.drain());
        workers.shutdown();
        try {
            if (!workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("{} attempts are cut off; their mails are still queued", underWay.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        late.forEach(OutgoingQueueRunner::giveBack);
        taker.dispose(); // not before: a broker takes no acknowledgements of a consumer that is gone
        dequeueScheduler.dispose();
    }
}
