/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A lane for each destination, so that one that is dead or slow holds up nobody else: it may have so many attempts at a time and so many
 * mails that wait in memory for one; those beyond go back into the queue. Whoever waits is not acknowledged, so none is lost.
 *
 * @param <T> what is attempted
 */
final class Lanes<T> {
    /** A lane that gave up a place as lately as that gives up the next one soon. */
    private static final long MOVING = Duration.ofMillis(250).toNanos();

    private final Limits limits;
    private final LongSupplier nanoTime;

    /** Those that have anything, the one that was served last at the end. */
    private final Map<String, Lane<T>> lanes = new LinkedHashMap<>();

    private int running;
    private int waiting;

    /**
     * How much is allowed.
     *
     * @param running attempts at a time
     * @param runningInLane of them for one destination
     * @param waiting in memory
     * @param waitingInLane of them for one destination
     */
    record Limits(int running, int runningInLane, int waiting, int waitingInLane) {
        private static final int WAITING_PER_CONNECTION = 4;

        /** For so many attempts at a time and connections to a destination: one destination never has more than half, of either. */
        static Limits of(int attempts, int connections) {
            int inLane = Math.max(1, Math.min(connections, attempts / 2));
            int waiting = 2 * attempts;
            return new Limits(attempts, inLane, waiting, Math.min(WAITING_PER_CONNECTION * inLane, waiting / 2));
        }
    }

    /** What becomes of something that came. */
    enum Place {
        /** Its turn is now. */
        RUN,
        /** It waits until {@link #finished} names it. */
        WAIT,
        /** There is no room. */
        FULL
    }

    /** Something whose turn has come. */
    record Started<T>(String lane, T item) {}

    private static final class Lane<T> {
        private final Deque<T> waiting = new ArrayDeque<>();
        private Optional<Long> lastFinish = Optional.empty();
        private int running;

        /** How long it pays to wait for a place, in nanoseconds; nothing if it stands still. */
        long patience(long now) {
            return lastFinish
                    .map(then -> MOVING - (now - then))
                    .filter(left -> left > 0)
                    .orElse(0L);
        }
    }

    Lanes(Limits limits) {
        this(limits, System::nanoTime);
    }

    Lanes(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * The same for something that found no room: waits for some as long as the lane moves. To put back a mail that could go out in some
     * milliseconds costs more, and makes it late. A lane that stands still keeps nobody waiting.
     */
    synchronized Place admitPatiently(String name, T item) throws InterruptedException {
        Place place = admit(name, item);
        while (place == Place.FULL) {
            long patience = lanes.get(name).patience(nanoTime.getAsLong());
            if (patience <= 0) {
                return place;
            }
            TimeUnit.NANOSECONDS.timedWait(this, patience);
            place = admit(name, item);
        }
        return place;
    }

    /** Something for a destination came. */
    synchronized Place admit(String name, T item) {
        Lane<T> lane = lanes.computeIfAbsent(name, key -> new Lane<>());
        if (running < limits.running() && lane.running < limits.runningInLane()) {
            running++;
            lane.running++;
            return Place.RUN;
        }
        if (waiting < limits.waiting() && lane.waiting.size() < limits.waitingInLane()) {
            waiting++;
            lane.waiting.add(item);
            return Place.WAIT;
        }
        return Place.FULL;
    }

    /** Something that ran is over; returns what runs now in its place. */
    synchronized Optional<Started<T>> finished(String name) {
        Lane<T> lane = lanes.get(name);
        running--;
        lane.running--;
        lane.lastFinish = Optional.of(nanoTime.getAsLong());
        notifyAll();
        if (lane.running == 0 && lane.waiting.isEmpty()) {
            lanes.remove(name);
        }
        Optional<Map.Entry<String, Lane<T>>> next = lanes.entrySet().stream()
                .filter(each -> !each.getValue().waiting.isEmpty())
                .filter(each -> each.getValue().running < limits.runningInLane())
                .findFirst();
        return next.map(each -> start(each.getKey(), each.getValue()));
    }

    private Started<T> start(String name, Lane<T> lane) {
        lanes.remove(name);
        lanes.put(name, lane); // at the end: the others come first next time
        running++;
        lane.running++;
        waiting--;
        return new Started<>(name, lane.waiting.remove());
    }

    /** Takes out all that wait. */
    synchronized List<T> drain() {
        List<T> all = new ArrayList<>();
        lanes.values().forEach(lane -> {
            all.addAll(lane.waiting);
            lane.waiting.clear();
            lane.lastFinish = Optional.empty(); // nobody waits any more for a place
        });
        waiting = 0;
        notifyAll();
        return all;
    }
}
