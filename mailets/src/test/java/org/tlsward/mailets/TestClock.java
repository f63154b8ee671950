/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that stands until it is set. */
final class TestClock extends Clock {
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2027-03-01T12:00:00Z");

    void whenSet(Runnable watcher) {
        watchers.add(watcher);
    }

    void advance(Duration time) {
        now = now.plus(time);
        watchers.forEach(Runnable::run);
    }

    @Override
    public Instant instant() {
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
