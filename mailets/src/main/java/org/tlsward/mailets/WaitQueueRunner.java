/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.WaitingNote;
import org.tlsward.mailets.SteppedQueue.Surroundings;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes the head of one wait queue, waits until its time has come and lets it go on: stores it where it goes before it acknowledges it. A
 * crash in between makes two of it, never none.
 */
final class WaitQueueRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(WaitQueueRunner.class);

    /** A clock that was set is noticed within this time. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration NOTHING_STORED = Duration.ofSeconds(5);
    private static final int TRIES = 5;

    private final MailQueue queue;
    private final SteppedQueue next;
    private final Clock clock;
    private final UnderWay underWay;
    private final InnerErrors errors;
    private final Scheduler thread;
    private final Object monitor = new Object();
    private volatile Optional<Mail> head = Optional.empty();
    private volatile boolean stopping;
    private Disposable subscription;

    WaitQueueRunner(MailQueue queue, SteppedQueue next, Surroundings around) {
        this.queue = queue;
        this.next = next;
        this.clock = around.clock();
        this.underWay = around.underWay();
        this.errors = around.errors();
        this.thread = threadThatMayBlock("tlsward-" + queue.getName().asString());
    }

    /** A queue may block while it stores or acknowledges; in the threads that Reactor makes itself that is an error. */
    private static Scheduler threadThatMayBlock(String name) {
        return Schedulers.fromExecutorService(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }));
    }

    void start() {
        subscription = Flux.from(queue.deQueue())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .maxBackoff(Duration.ofMinutes(1))
                        .doBeforeRetry(signal -> errors.record(
                                "the queue " + queue.getName() + " gives no mails; it is asked again",
                                signal.failure())))
                .publishOn(thread, 1) // one at a time; the thread of the queue does not wait
                .subscribe(this::take);
    }

    /** The mail that waits in our hand. */
    Optional<Mail> head() {
        return head;
    }

    private void take(MailQueueItem item) {
        Mail mail = item.getMail();
        String name = mail.getName();
        head = Optional.of(mail);
        try {
            Optional<Instant> end = WaitingNote.of(mail).map(WaitingNote::stepEnds);
            if (end.isPresent()) {
                waitUntil(end.get());
            }
            head = Optional.empty();
            if (stopping) {
                item.done(CompletionStatus.RETRY);
            } else if (underWay.begin(name)) {
                letGoOn(item, mail);
            } else {
                item.done(CompletionStatus.SUCCESS); // a copy took its place
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MessagingException | RuntimeException | LinkageError e) {
            errors.record(name + " stays in " + queue.getName() + " until the server starts again", e);
        } finally {
            head = Optional.empty();
            underWay.end(name);
            LifecycleUtil.dispose(mail);
        }
    }

    /** If nothing can be stored the others wait too; one mail that cannot be stored does not hold them up. */
    private void letGoOn(MailQueueItem item, Mail mail) throws MessagingException, InterruptedException {
        for (int tries = 1; !store(mail, tries == TRIES); tries++) {
            waitUntil(clock.instant().plus(NOTHING_STORED));
            if (stopping) {
                item.done(CompletionStatus.RETRY);
                return;
            }
        }
        item.done(CompletionStatus.SUCCESS);
    }

    private boolean store(Mail mail, boolean last) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            Instant now = clock.instant();
            copy.setName(RetryState.of(mail, now).nameOfQueued(mail.getName(), "-step", mail.getRecipients()));
            next.put(copy, now, WaitingNote.of(mail).map(WaitingNote::due).orElse(now));
            return true;
        } catch (MessagingException | RuntimeException e) {
            if (last) {
                throw e;
            }
            LOGGER.warn("{} of {} cannot be stored: {}", mail.getName(), queue.getName(), e.toString());
            return false;
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private void waitUntil(Instant end) throws InterruptedException {
        synchronized (monitor) {
            Duration rest = Duration.between(clock.instant(), end);
            while (!stopping && rest.compareTo(Duration.ZERO) > 0) {
                // At least a millisecond: to wait for zero is to wait for ever.
                monitor.wait(Math.max(1, Math.min(rest.toMillis(), LONGEST_PAUSE.toMillis())));
                rest = Duration.between(clock.instant(), end);
            }
        }
    }

    void wakeUp() {
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    /** Gives back what waits. */
    void stop() {
        stopping = true;
        if (subscription != null) {
            subscription.dispose();
        }
        wakeUp();
        thread.dispose();
    }
}
