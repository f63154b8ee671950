/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes mails from the queue and has them attempted, so many at a time.
 *
 * <p>Deferred mail is a new item with a delay, stored before the old one is acknowledged. {@code RETRY} is said only while the server stops
 * and when nothing can be stored, {@code REJECT} never: queues on JMS roll both back and drop the mail after six times.
 */
final class OutgoingQueueRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutgoingQueueRunner.class);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final MailQueue queue;
    private final AttemptMail attempt;
    private final Settlement settlement;
    private final int atATime;
    private final ExecutorService workers = newWorkers();
    private final Scheduler workerScheduler = Schedulers.fromExecutorService(workers);
    private final Scheduler dequeueScheduler = Schedulers.newSingle("tlsward-dequeue", true);
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean stopping;
    private Disposable subscription;

    OutgoingQueueRunner(MailQueue queue, AttemptMail attempt, Settlement settlement, int atATime) {
        this.queue = queue;
        this.attempt = attempt;
        this.settlement = settlement;
        this.atATime = atATime;
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
        subscription = Flux.from(queue.deQueue())
                .flatMap(
                        item -> Mono.fromRunnable(() -> process(item))
                                .subscribeOn(workerScheduler)
                                .onErrorResume(failure -> {
                                    LOGGER.error("an attempt ended badly", failure);
                                    return Mono.empty();
                                }),
                        atATime,
                        1)
                .subscribeOn(dequeueScheduler)
                .subscribe(
                        done -> {},
                        failure -> LOGGER.error("the queue {} gives no more mails", queue.getName(), failure));
    }

    private void process(MailQueueItem item) {
        underWay.incrementAndGet();
        Mail mail = item.getMail();
        try {
            if (stopping) {
                item.done(CompletionStatus.RETRY);
                return;
            }
            attempt.run(mail);
            item.done(CompletionStatus.SUCCESS);
        } catch (Exception | LinkageError e) {
            keep(item, mail, e);
        } finally {
            LifecycleUtil.dispose(mail);
            underWay.decrementAndGet();
        }
    }

    /** Something of ours is broken: the mail must not be lost for it, nor go round at full speed. */
    private void keep(MailQueueItem item, Mail mail, Throwable failure) {
        LOGGER.error("the attempt with {} ended in an error; it is tried again later", mail.getName(), failure);
        try {
            if (!mail.getRecipients().isEmpty()) {
                settlement.putBack(
                        mail, RetryState.of(mail, Instant.now()), mail.getRecipients(), AttemptMail.INNER_ERROR);
            }
            item.done(CompletionStatus.SUCCESS);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} cannot be stored again; the queue keeps it", mail.getName(), e);
            giveBack(item, mail);
        }
    }

    private static void giveBack(MailQueueItem item, Mail mail) {
        try {
            Thread.sleep(1000); // nothing can be stored: let the disk breathe
            item.done(CompletionStatus.RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} cannot be given back; it comes back when the server starts again", mail.getName(), e);
        }
    }

    /** Takes nothing more, and waits a little for what is under way. */
    void stop() {
        stopping = true;
        if (subscription != null) {
            subscription.dispose();
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("{} attempts are cut off; their mails are still queued", underWay.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dequeueScheduler.dispose();
        workerScheduler.dispose();
    }
}
