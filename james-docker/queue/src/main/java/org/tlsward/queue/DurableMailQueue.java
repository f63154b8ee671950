/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.mailet.Mail;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A mail queue on the disk of this machine.
 *
 * <p>{@code enQueue} returns when the mail would survive a power cut. A mail that was handed out stays in the queue until
 * its consumer reports: {@code SUCCESS} ends it; {@code RETRY} brings it back after a tenth of a second, and after longer each time,
 * up to a minute; {@code REJECT} moves it to the folder {@code rejected}. After a crash every mail that was not ended is
 * handed out again, once.
 */
public final class DurableMailQueue implements ManageableMailQueue {

    private static final Logger LOGGER = LoggerFactory.getLogger(DurableMailQueue.class);
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final int DOUBLINGS = 10;
    private static final long LONGEST_RETRY_MILLIS = 60_000;

    private final MailQueueName name;
    private final MailStore store;
    private final Clock clock;
    private final Backlog backlog;
    private final Dispatcher dispatcher;
    private final MetricFactory metrics;
    private final Metric enqueued;
    private final Metric dequeued;

    DurableMailQueue(MailQueueName name, MailStore store, List<QueuedMail> found, Surroundings surroundings) {
        this.name = name;
        this.store = store;
        this.clock = surroundings.clock();
        this.backlog = new Backlog(clock);
        this.metrics = surroundings.metrics();
        this.enqueued = metrics.generate(ENQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dequeued = metrics.generate(DEQUEUED_METRIC_NAME_PREFIX + name.asString());
        found.forEach(backlog::add);
        surroundings.gauges().register(QUEUE_SIZE_METRIC_NAME_PREFIX + name.asString(), this::getSize);
        this.dispatcher = new Dispatcher(name.asString(), backlog, this::lease, mail -> surroundings
                .decorators()
                .decorate(mail, name));
    }

    /** What every queue of a factory shares, beside the store. */
    record Surroundings(
            Clock clock, MailQueueItemDecoratorFactory decorators, MetricFactory metrics, GaugeRegistry gauges) {}

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        enQueue(mail, Duration.ZERO);
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        TimeMetric time = metrics.timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
        try {
            await(submit(mail, delay), "cannot enqueue mail " + mail.getName());
        } finally {
            time.stopAndPublish();
        }
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        String trouble = "cannot enqueue mail " + mail.getName();
        return Mono.defer(() -> {
                    try {
                        // A copy, because a consumer that goes away cancels it, and the mail is on its way.
                        return Mono.fromFuture(submit(mail, Duration.ZERO).copy());
                    } catch (MailQueueException e) {
                        return Mono.error(e);
                    }
                })
                .onErrorMap(failure -> failure instanceof MailQueueException ? failure : explained(trouble, failure))
                // What follows must not run on the thread that writes.
                .publishOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<MailQueueItem> deQueue() {
        return Flux.from(dispatcher);
    }

    @Override
    public long getSize() {
        return backlog.size();
    }

    /** Makes delayed mails due; returns how many. */
    @Override
    public long flush() throws MailQueueException {
        List<QueuedMail> due = backlog.makeDue();
        await(
                all(due.stream().map(mail -> store.reschedule(mail, mail.due()))),
                "cannot flush queue " + name.asString());
        return due.size();
    }

    /** Removes all mails that wait; those that were handed out stay. */
    @Override
    public long clear() throws MailQueueException {
        return remove(mail -> true);
    }

    @Override
    public long remove(Type type, String value) throws MailQueueException {
        return remove(mail -> matches(mail, type, value));
    }

    @Override
    public MailQueueIterator browse() {
        return new Browser(backlog.all(), this::view);
    }

    /** Does nothing: the queue is the factory's, and others may use it. */
    @Override
    public void close() {
        LOGGER.debug("queue {} stays open until the server stops", name.asString());
    }

    /** Hands out nothing any more and waits a while for what was handed out. */
    void stop(Duration grace) {
        dispatcher.close();
        try {
            if (!backlog.awaitQuiet(grace.toMillis())) {
                LOGGER.info(
                        "queue {} stops with mails under way; the next start hands them out again", name.asString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells that the clock was set, for tests. */
    void clockChanged() {
        backlog.wakeUp();
    }

    void succeeded(QueuedMail mail) throws MailQueueException {
        end(mail);
    }

    void giveBack(QueuedMail mail) {
        backlog.giveBack(mail, mail.due());
    }

    void retry(QueuedMail mail, boolean damaged) throws MailQueueException {
        if (damaged) {
            setAside(mail, true, "its message is damaged");
        } else {
            retryLater(mail);
        }
    }

    void reject(QueuedMail mail, boolean damaged) throws MailQueueException {
        setAside(mail, damaged, damaged ? "its message is damaged" : "it was rejected by its consumer");
    }

    private CompletableFuture<Void> submit(Mail mail, Duration delay) throws MailQueueException {
        try {
            long id = store.nextId();
            byte[] envelope = Envelope.write(mail);
            MessageBytes message = store.take(id, mail.getMessage());
            // Once it is durable, and before anybody is told so.
            return store.add(new StoredMail(id, name.asString(), dueAfter(delay), envelope, message))
                    .thenAccept(queued -> {
                        enqueued.increment();
                        backlog.add(queued);
                    });
        } catch (IOException | MessagingException | RuntimeException e) {
            throw new MailQueueException("cannot enqueue mail " + mail.getName() + ": " + e.getMessage(), e);
        }
    }

    private long dueAfter(Duration delay) {
        Instant now = clock.instant();
        if (delay.isNegative()) {
            return now.toEpochMilli();
        }
        try {
            return now.plus(delay).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Reads a mail that is due. What cannot be read now is tried again, what is damaged set aside. */
    private Optional<LeasedMail> lease(QueuedMail queued) {
        try {
            Optional<OpenedMail> opened = OpenedMail.open(store, queued);
            dequeued.increment();
            return opened.map(mail -> new LeasedMail(this, queued, mail));
        } catch (DamagedMailException e) {
            LOGGER.error("mail {} of queue {} is damaged", queued.id(), name.asString(), e);
            setAsideOrRetry(queued);
        } catch (IOException | RuntimeException e) {
            LOGGER.error("mail {} of queue {} cannot be read; trying again", queued.id(), name.asString(), e);
            retryLater(queued);
        }
        return Optional.empty();
    }

    private void setAsideOrRetry(QueuedMail queued) {
        try {
            setAside(queued, true, "it is damaged");
        } catch (MailQueueException e) {
            LOGGER.error("mail {} of queue {} cannot be set aside", queued.id(), name.asString(), e);
        }
    }

    private void setAside(QueuedMail mail, boolean damaged, String why) throws MailQueueException {
        Path kept;
        try {
            kept = damaged ? store.keepDamaged(name.asString(), mail) : store.keepRejected(name.asString(), mail);
        } catch (IOException e) {
            LOGGER.error(
                    "mail {} of queue {} cannot be set aside; it stays in the queue", mail.id(), name.asString(), e);
            retryLater(mail);
            return;
        }
        LOGGER.error("mail {} left queue {}, as {}; it is now in {}", mail.id(), name.asString(), why, kept);
        end(mail);
    }

    private void retryLater(QueuedMail mail) {
        long pause = Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(mail.countRetry(), DOUBLINGS));
        backlog.giveBack(mail, clock.millis() + pause);
    }

    private void end(QueuedMail mail) throws MailQueueException {
        CompletableFuture<Void> end = store.finish(mail);
        backlog.finish(mail);
        if (store.closed()) {
            await(
                    end,
                    "cannot end mail " + mail.id() + " of queue " + name.asString() + "; it will be handed out again");
        }
    }

    private Optional<MailQueueItemView> view(QueuedMail queued) {
        try {
            Instant due = Instant.ofEpochMilli(queued.due());
            return OpenedMail.open(store, queued)
                    .map(opened -> new DefaultMailQueueItemView(opened.mail(), due.atZone(ZoneOffset.UTC)));
        } catch (IOException e) {
            LOGGER.warn("mail {} of queue {} cannot be read", queued.id(), name.asString(), e);
            return Optional.empty();
        }
    }

    private long remove(Predicate<QueuedMail> chosen) throws MailQueueException {
        List<QueuedMail> removed = backlog.waiting().stream()
                .filter(chosen)
                .filter(backlog::remove)
                .toList();
        await(all(removed.stream().map(store::finishDurably)), "cannot remove mails from queue " + name.asString());
        return removed.size();
    }

    private boolean matches(QueuedMail mail, Type type, String value) {
        try {
            Optional<MailReader.Head> head = store.reader().head(mail.id());
            if (head.isEmpty()) {
                return false;
            }
            Envelope envelope = Envelope.read(head.get().envelope());
            return switch (type) {
                case Name -> envelope.name().equals(value);
                case Sender -> envelope.sender().equalsIgnoreCase(value);
                case Recipient -> envelope.recipients().anyMatch(value::equalsIgnoreCase);
            };
        } catch (IOException e) {
            LOGGER.warn("mail {} of queue {} cannot be read", mail.id(), name.asString(), e);
            return false;
        }
    }

    private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    /** Waits for the disk, whoever interrupts: the caller has to know whether the mail is there. */
    private static void await(CompletableFuture<Void> future, String trouble) throws MailQueueException {
        try {
            Uninterruptibles.getUninterruptibly(future);
        } catch (ExecutionException e) {
            throw explained(trouble, e.getCause());
        }
    }

    private static MailQueueException explained(String trouble, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Exception exception
                ? new MailQueueException(trouble + ": " + cause.getMessage(), exception)
                : new MailQueueException(trouble + ": " + cause);
    }
}
