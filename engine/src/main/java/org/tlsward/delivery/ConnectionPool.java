/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Connections that wait for another message, and how many a destination has. Nothing blocks under the lock: farewells are said outside
 * it.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(2);

    private final PoolLimits limits;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<Session> idle = new ArrayList<>();
    private final ScheduledThreadPoolExecutor sweeper;
    private final Future<?> sweeping;
    private boolean closed;

    /** An empty pool with a thread that closes what nobody needs any more. */
    public ConnectionPool(PoolLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.sweeper = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tlsward-connection-pool");
            thread.setDaemon(true);
            return thread;
        });
        this.sweeping =
                sweeper.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The right to one connection to a destination. */
    final class Slot implements AutoCloseable {
        private final String destination;
        private boolean returned;

        private Slot(String destination) {
            this.destination = destination;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!returned) {
                    returned = true;
                    slots.computeIfPresent(destination, (name, count) -> count == 1 ? null : count - 1);
                    change.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** A slot, or nothing if all of the destination are taken for that long, or the pool is closed. */
    Optional<Slot> slot(String destination, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!closed && slots.getOrDefault(destination, 0) >= limits.perDestination()) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = change.awaitNanos(left);
            }
            if (closed) {
                return Optional.empty();
            }
            slots.merge(destination, 1, Integer::sum);
            return Optional.of(new Slot(destination));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** An idle session with that key, the latest one, so that the others may end. */
    Optional<Session> take(PoolKey key) {
        lock.lock();
        try {
            Instant now = clock.instant();
            for (int i = idle.size() - 1; i >= 0; i--) {
                Session session = idle.get(i);
                if (session.key().equals(key) && session.isFreshEnough(limits, now)) {
                    idle.remove(i);
                    return Optional.of(session);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Closes an idle connection of the destination if another one would be one too many; to be called before opening. */
    void makeRoom(String destination) {
        Optional<Session> victim = Optional.empty();
        lock.lock();
        try {
            List<Session> ours = idle.stream()
                    .filter(session -> session.key().destination().name().equals(destination))
                    .toList();
            if (slots.getOrDefault(destination, 0) + ours.size() > limits.perDestination() && !ours.isEmpty()) {
                victim = Optional.of(ours.get(0));
                idle.remove(ours.get(0));
            }
        } finally {
            lock.unlock();
        }
        victim.ifPresent(session -> session.connection().quit());
    }

    /** Takes a session back after a transaction, or ends it. */
    void release(Session session) {
        session.used(clock.instant());
        boolean kept = false;
        lock.lock();
        try {
            if (!closed && session.isFreshEnough(limits, clock.instant())) {
                idle.add(session);
                kept = true;
            }
        } finally {
            lock.unlock();
        }
        if (!kept) {
            session.connection().quit();
        }
    }

    /** Ends what has waited for too long. */
    void sweep() {
        List<Session> old = new ArrayList<>();
        lock.lock();
        try {
            Instant now = clock.instant();
            for (Session session : idle) {
                if (!session.isFreshEnough(limits, now)) {
                    old.add(session);
                }
            }
            idle.removeAll(old);
        } finally {
            lock.unlock();
        }
        old.forEach(session -> session.connection().quit());
    }

    /** How many connections wait. */
    public int idleConnections() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many deliveries go on, by destination, the busiest first. */
    public List<Map.Entry<String, Integer>> busy() {
        lock.lock();
        try {
            return slots.entrySet().stream()
                    .map(each -> Map.entry(each.getKey(), each.getValue()))
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets deliveries that go on come to their end, starts no new ones, and says QUIT to the rest.
     *
     * @return true if all of them ended in that time
     */
    public boolean shutDown(Duration grace) {
        List<Session> rest;
        boolean ended;
        long left = grace.toNanos();
        lock.lock();
        try {
            closed = true;
            change.signalAll();
            while (!slots.isEmpty() && left > 0) {
                left = change.awaitNanos(left);
            }
            ended = slots.isEmpty();
            rest = List.copyOf(idle);
            idle.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            rest = List.of();
            ended = false;
        } finally {
            lock.unlock();
        }
        sweeping.cancel(false);
        sweeper.shutdown();
        rest.forEach(session -> session.connection().quit());
        return ended;
    }

    /** Without waiting for anybody. */
    @Override
    public void close() {
        shutDown(Duration.ZERO);
    }
}
