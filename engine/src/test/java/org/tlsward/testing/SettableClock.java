/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A clock that stands until a test moves it. */
public final class SettableClock extends Clock {
    private Instant now;
    private Duration tick = Duration.ZERO;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    /** Stands at that moment. */
    public SettableClock(Instant now) {
        this.now = now;
    }

    /** Stands at that moment, such as {@code 2027-03-01T12:00:00Z}. */
    public SettableClock(String now) {
        this(Instant.parse(now));
    }

    /** Runs this whenever it was moved. */
    public void whenMoved(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Moves it there. */
    public void set(String instant) {
        move(old -> Instant.parse(instant));
    }

    /** Moves it on, or back. */
    public void advance(Duration time) {
        move(old -> old.plus(time));
    }

    private void move(UnaryOperator<Instant> to) {
        synchronized (this) {
            now = to.apply(now);
        }
        watchers.forEach(Runnable::run);
    }

    /** From now on it goes on a little whenever somebody looks. */
    public synchronized void tickEachTime(Duration time) {
        tick = time;
    }

    @Override
    public synchronized Instant instant() {
        now = now.plus(tick);
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
