/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Who waits in a queue, in which order, and who is handed out. */
final class Backlog {

    /** A jump of the system's clock is noticed within this time, if somebody waits for a moment at all. */
    private static final long LONGEST_PAUSE = 60_000;

    private final Clock clock;
    private final TreeSet<QueuedMail> waiting = new TreeSet<>(QueuedMail.ORDER);
    private final Set<QueuedMail> handedOut = new HashSet<>();
    private boolean closed;

    Backlog(Clock clock) {
        this.clock = clock;
    }

    /** A mail that waits for its time. */
    synchronized void add(QueuedMail mail) {
        waiting.add(mail);
        notifyAll();
    }

    /**
     * Waits for the next mail that is due, and hands it out.
     *
     * @param wanted whether somebody wants one; {@link #wakeUp()} tells that this changed
     * @return empty if the backlog was closed
     */
    synchronized Optional<QueuedMail> take(BooleanSupplier wanted) throws InterruptedException {
        while (!closed) {
            if (waiting.isEmpty() || !wanted.getAsBoolean()) {
                wait();
            } else {
                long rest = waiting.first().due() - clock.millis();
                if (rest <= 0) {
                    QueuedMail mail = waiting.pollFirst();
                    handedOut.add(mail);
                    return Optional.of(mail);
                }
                wait(Math.min(rest, LONGEST_PAUSE));
            }
        }
        return Optional.empty();
    }

    synchronized void wakeUp() {
        notifyAll();
    }

    /** A mail that was handed out is over. */
    synchronized void finish(QueuedMail mail) {
        handedOut.remove(mail);
        notifyAll();
    }

    /** A mail that was handed out waits again. */
    synchronized void giveBack(QueuedMail mail, long due) {
        handedOut.remove(mail);
        mail.dueAt(due);
        add(mail);
    }

    /** Takes a mail away, if it waits; who is handed out stays. */
    synchronized boolean remove(QueuedMail mail) {
        return waiting.remove(mail);
    }

    /** Makes all that wait for a later moment due now; returns them. */
    synchronized List<QueuedMail> makeDue() {
        long now = clock.millis();
        List<QueuedMail> later =
                waiting.stream().filter(mail -> mail.due() > now).toList();
        later.forEach(waiting::remove);
        later.forEach(mail -> mail.dueAt(now));
        waiting.addAll(later);
        notifyAll();
        return later;
    }

    /** Those who wait, in the order in which they will be handed out. */
    synchronized List<QueuedMail> waiting() {
        return new ArrayList<>(waiting);
    }

    /** All: first those handed out, then those who wait. */
    synchronized List<QueuedMail> all() {
        return Stream.concat(handedOut.stream().sorted(QueuedMail.ORDER), waiting.stream())
                .toList();
    }

    synchronized long size() {
        return (long) waiting.size() + handedOut.size();
    }

    /** Hands out nothing any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Waits until nothing is handed out, at most for a while. */
    synchronized boolean awaitQuiet(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long rest = millis;
        while (!handedOut.isEmpty() && rest > 0) {
            wait(rest);
            rest = (end - System.nanoTime()) / 1_000_000;
        }
        return handedOut.isEmpty();
    }
}
