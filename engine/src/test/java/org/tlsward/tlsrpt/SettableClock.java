/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when it is told to. */
final class SettableClock extends Clock {
    private volatile Instant now;
    private Duration tick = Duration.ZERO;

    SettableClock(String now) {
        this.now = Instant.parse(now);
    }

    void set(String instant) {
        now = Instant.parse(instant);
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** From now on it goes on a little whenever somebody looks. */
    void tickEachTime(Duration by) {
        tick = by;
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
