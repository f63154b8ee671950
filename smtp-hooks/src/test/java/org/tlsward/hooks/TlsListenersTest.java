/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.james.EmergencyStops;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

class TlsListenersTest {
    @TempDir
    Path root;

    private final FakeListener submission = new FakeListener(false);
    private final FakeListener submissions = new FakeListener(true);
    private final FakeListener switchedOff = new FakeListener(true);
    private final AtomicLong nanos = new AtomicLong();
    private EmergencyStops stops;
    private TlsListeners listeners;

    /** A port, as James has it, that may fail. */
    private static final class FakeListener implements TlsListeners.Listener {
        private final boolean secure;
        private boolean bound = true;
        private boolean broken;

        FakeListener(boolean secure) {
            this.secure = secure;
        }

        @Override
        public Object key() {
            return this;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public boolean isBound() {
            return bound;
        }

        @Override
        public void bind() {
            change(true);
        }

        @Override
        public void unbind() {
            change(false);
        }

        private void change(boolean toBound) {
            if (broken) {
                throw new IllegalStateException("in use");
            }
            assertThat(bound).isNotEqualTo(toBound);
            bound = toBound;
        }
    }

    @BeforeEach
    void start() throws Exception {
        stops = HookHome.stops(root, Clock.systemUTC(), nanos::get);
        switchedOff.bound = false;
        listeners = new TlsListeners(stops, () -> List.of(submission, submissions, switchedOff));
    }

    private static EmergencyStop stop(What what, String name) {
        Instant now = Instant.now();
        return new EmergencyStop(what, name, "a hole", "anna", now, Optional.of(now.plusSeconds(3600)));
    }

    @Test
    void aTlsPortShouldBeClosedWhileThereIsNoTlsAndOnlyThat() throws Exception {
        for (What what : List.of(What.NO_TLS, What.SERVER)) {
            stops.stop(stop(what, ""));
            assertThat(submissions.bound).as(what.word()).isFalse();
            assertThat(submission.bound).isTrue();
            listeners.follow();

            stops.resume(what, "", "anna");
            assertThat(submissions.bound).as(what.word() + " is over").isTrue();
            assertThat(switchedOff.bound).as("an administrator has closed it").isFalse();
        }
        stops.stop(stop(What.REFUSE_VERSION, "TLSv1.2"));
        assertThat(submissions.bound).isTrue();
    }

    @Test
    void aPortThatComesLaterShouldBeClosedToo() throws Exception {
        stops.stop(stop(What.NO_TLS, ""));
        switchedOff.bound = true; // as after a restart: James begins to listen when we are there
        listeners.follow();
        assertThat(switchedOff.bound).isFalse();
    }

    @Test
    void whatFailsShouldBeToldAndTriedAgain() throws Exception {
        submissions.broken = true;
        stops.stop(stop(What.NO_TLS, ""));
        assertThat(listeners.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("cannot close", "in use"));
        submissions.broken = false;
        listeners.follow();
        assertThat(submissions.bound).isFalse();
        assertThat(listeners.problems()).isEmpty();

        submissions.broken = true;
        stops.resume(What.NO_TLS, "", "anna");
        assertThat(listeners.problems()).hasSize(1);
        submissions.broken = false;
        listeners.follow();
        assertThat(submissions.bound).isTrue();
        assertThat(listeners.problems()).isEmpty();
    }
}
