/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.Mail;
import org.tlsward.james.WaitingNote;

/**
 * Delays for a queue that has none (RabbitMQ): one wait queue for each step of a delay, whose head waits until its time has come. All
 * mails of one wait queue wait equally long, so that first in is first due. A long delay is several steps, one after the other.
 *
 * <p>No step may be as long as a broker lets a consumer keep a mail without acknowledging it: RabbitMQ closes the channel after 30
 * minutes, some versions after 15.
 */
final class SteppedQueue implements OutgoingQueue {
    private final MailQueue ready;
    private final Clock clock;
    private final List<Step> steps;

    /** A length of time and the name of its wait queue. */
    enum Length {
        FIVE_SECONDS("5s", Duration.ofSeconds(5)),
        ONE_MINUTE("1m", Duration.ofMinutes(1)),
        FIVE_MINUTES("5m", Duration.ofMinutes(5)),
        TEN_MINUTES("10m", Duration.ofMinutes(10));

        private final String word;
        private final Duration time;

        Length(String word, Duration time) {
            this.word = word;
            this.time = time;
        }
    }

    private record Step(Duration time, MailQueue queue, WaitQueueRunner runner) {}

    /**
     * Does not start it.
     *
     * @param name of the queue for mail that is due; those of the wait queues begin with it
     * @param ready that queue
     * @param open opens a queue by its name
     */
    SteppedQueue(String name, MailQueue ready, Function<String, MailQueue> open, Surroundings around) {
        this.ready = ready;
        this.clock = around.clock();
        this.steps = Stream.of(Length.values())
                .map(length -> {
                    MailQueue queue = open.apply(name + "-wait-" + length.word);
                    return new Step(length.time, queue, new WaitQueueRunner(queue, this, around));
                })
                .toList();
    }

    /** What it shares with others. */
    record Surroundings(Clock clock, UnderWay underWay, InnerErrors errors) {}

    @Override
    public MailQueue ready() {
        return ready;
    }

    @Override
    public List<MailQueue> all() {
        List<MailQueue> all = new ArrayList<>(List.of(ready));
        steps.forEach(step -> all.add(step.queue()));
        return all;
    }

    @Override
    public List<Mail> heads() {
        return steps.stream()
                .map(step -> step.runner().head())
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void put(Mail mail, Duration pause) throws MessagingException {
        Instant now = clock.instant();
        put(mail, now, now.plus(pause));
    }

    /** The next step of a mail, or the queue for mail that is due. */
    void put(Mail mail, Instant now, Instant due) throws MessagingException {
        WaitingNote note = WaitingNote.of(mail).orElseGet(() -> WaitingNote.first(due));
        if (!due.isAfter(now)) {
            note.until(due, due).write(mail);
            ready.enQueue(mail);
            return;
        }
        Step step = steps.get(0); // too long for what is left, but never too short
        for (Step each : steps) {
            if (each.time().compareTo(Duration.between(now, due)) <= 0) {
                step = each;
            }
        }
        // By the length of the step alone, or the head would not be the first whose time comes.
        note.until(due, now.plus(step.time())).write(mail);
        step.queue().enQueue(mail);
    }

    @Override
    public void start() {
        steps.forEach(step -> step.runner().start());
    }

    @Override
    public void stop() {
        steps.forEach(step -> step.runner().stop());
    }

    /** Tells that the clock was set, for tests. */
    void clockChanged() {
        steps.forEach(step -> step.runner().wakeUp());
    }
}
