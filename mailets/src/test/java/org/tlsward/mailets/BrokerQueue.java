/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * A queue as James' on RabbitMQ: first in first out, ignores delays, hands out at most so many without an acknowledgement, and gives back
 * to their old places what was not acknowledged when the consumer goes away. Counts what is written.
 */
final class BrokerQueue implements ManageableMailQueue {
    private final MailQueueName name;
    private final int prefetch;
    private final List<Stored> stored = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private Optional<FluxSink<MailQueueItem>> consumer = Optional.empty();
    private boolean broken;

    private static final class Stored {
        private final Mail mail;
        private boolean handedOut;

        Stored(Mail mail) {
            this.mail = mail;
        }
    }

    BrokerQueue(String name, int prefetch) {
        this.name = MailQueueName.of(name);
        this.prefetch = prefetch;
    }

    /** The names of everything that was ever stored. */
    synchronized List<String> written() {
        return List.copyOf(written);
    }

    /** The names of what is stored, the first to come out first. */
    synchronized List<String> names() {
        return stored.stream().map(each -> each.mail.getName()).toList();
    }

    synchronized void breakDown(boolean nowBroken) {
        broken = nowBroken;
    }

    /** The connection to the consumer is lost, as by a crash of either side. */
    void loseConsumer() {
        Optional<FluxSink<MailQueueItem>> lost;
        synchronized (this) {
            lost = consumer;
            consumer = Optional.empty();
            stored.forEach(each -> each.handedOut = false);
        }
        lost.ifPresent(FluxSink::complete);
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        enQueue(mail);
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        mayBlock();
        synchronized (this) {
            if (broken) {
                throw new MailQueueException("the broker is down");
            }
            stored.add(new Stored(copy(mail)));
            written.add(mail.getName());
        }
        handOut();
    }

    /** James' queue on RabbitMQ waits for the broker by {@code Mono.block()}, which Reactor forbids in threads of its own. */
    private static void mayBlock() {
        Mono.just("").delayElement(Duration.ofNanos(1)).block();
    }

    private static Mail copy(Mail mail) throws MailQueueException {
        try {
            MailImpl copy = MailImpl.duplicate(mail);
            copy.setName(mail.getName());
            return copy;
        } catch (MessagingException e) {
            throw new MailQueueException("no copy", e);
        }
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.fromCallable(() -> {
            enQueue(mail);
            return null;
        });
    }

    @Override
    public Publisher<MailQueueItem> deQueue() {
        return Flux.create(sink -> {
            synchronized (this) {
                consumer = Optional.of(sink);
            }
            sink.onDispose(() -> {
                synchronized (this) {
                    if (consumer.filter(sink::equals).isPresent()) {
                        consumer = Optional.empty();
                        stored.forEach(each -> each.handedOut = false);
                    }
                }
            });
            handOut();
        });
    }

    private void handOut() {
        Deque<MailQueueItem> items = new ArrayDeque<>();
        FluxSink<MailQueueItem> sink;
        synchronized (this) {
            if (consumer.isEmpty()) {
                return;
            }
            sink = consumer.get();
            long out = stored.stream().filter(each -> each.handedOut).count();
            for (Stored each : stored) {
                if (!each.handedOut && out < prefetch) {
                    each.handedOut = true;
                    out++;
                    items.add(item(each, sink));
                }
            }
            // Under the lock: two threads must not turn the order round.
            items.forEach(sink::next);
        }
    }

    private MailQueueItem item(Stored each, FluxSink<MailQueueItem> sink) {
        Mail mail;
        try {
            mail = copy(each.mail);
        } catch (MailQueueException e) {
            throw new IllegalStateException(e);
        }
        return new MailQueueItem() {
            @Override
            public Mail getMail() {
                return mail;
            }

            @Override
            public void done(CompletionStatus status) throws MailQueueException {
                mayBlock();
                synchronized (BrokerQueue.this) {
                    if (consumer.filter(sink::equals).isEmpty()) {
                        throw new MailQueueException("the channel is closed");
                    }
                    switch (status) {
                        case SUCCESS -> stored.remove(each);
                        case RETRY -> each.handedOut = false;
                        case REJECT -> throw new AssertionError("REJECT is never said");
                    }
                }
                handOut();
            }
        };
    }

    @Override
    public synchronized long getSize() {
        return stored.size();
    }

    @Override
    public long flush() {
        return 0;
    }

    @Override
    public synchronized long clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized long remove(Type type, String value) {
        List<Stored> found = stored.stream()
                .filter(each -> type == Type.Name && each.mail.getName().equals(value) && !each.handedOut)
                .toList();
        stored.removeAll(found);
        return found.size();
    }

    @Override
    public synchronized MailQueueIterator browse() throws MailQueueException {
        List<MailQueueItemView> views = new ArrayList<>();
        for (Stored each : stored) {
            views.add(new DefaultMailQueueItemView(copy(each.mail)));
        }
        Iterator<MailQueueItemView> all = views.iterator();
        return new MailQueueIterator() {
            @Override
            public void close() {}

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public MailQueueItemView next() {
                return all.next();
            }
        };
    }

    @Override
    public void close() {}
}
