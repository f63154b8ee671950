/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tlsward.mailets.Lanes.Limits;
import org.tlsward.mailets.Lanes.Place;
import org.tlsward.mailets.Lanes.Started;

class LanesTest {
    private final Lanes<String> lanes = new Lanes<>(new Limits(4, 2, 4, 3));

    @Test
    void aLaneShouldRunSoManyKeepSoManyAndTakeNoMore() {
        assertThat(lanes.admit("slow", "1")).isEqualTo(Place.RUN);
        assertThat(lanes.admit("slow", "2")).isEqualTo(Place.RUN);
        assertThat(lanes.admit("slow", "3")).isEqualTo(Place.WAIT);
        assertThat(lanes.admit("slow", "4")).isEqualTo(Place.WAIT);
        assertThat(lanes.admit("slow", "5")).isEqualTo(Place.WAIT);
        assertThat(lanes.admit("slow", "6")).isEqualTo(Place.FULL);

        assertThat(lanes.admit("good", "7")).as("another lane").isEqualTo(Place.RUN);
        assertThat(lanes.finished("slow")).contains(new Started<>("slow", "3"));
        assertThat(lanes.admit("slow", "8")).isEqualTo(Place.WAIT);
    }

    /** Where one finished just now the next place is free soon; where nobody finishes nobody waits. */
    @Test
    void whoFindsNoRoomShouldWaitOnlyWhileTheLaneMoves() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Lanes<String> timed = new Lanes<>(new Limits(4, 1, 4, 1), nanos::get);
        timed.admit("slow", "1");
        timed.admit("slow", "2");
        assertThat(timed.admitPatiently("slow", "3")).as("nobody finished yet").isEqualTo(Place.FULL);

        assertThat(timed.finished("slow")).isPresent();
        timed.admit("slow", "3");
        CompletableFuture<Place> fourth = CompletableFuture.supplyAsync(() -> patiently(timed, "4"));
        assertThat(timed.finished("slow")).isPresent(); // before or while the fourth waits
        assertThat(fourth.get(10, TimeUnit.SECONDS)).isEqualTo(Place.WAIT);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(timed.admitPatiently("slow", "5")).as("it stands still").isEqualTo(Place.FULL);
    }

    private static Place patiently(Lanes<String> lanes, String item) {
        try {
            return lanes.admitPatiently("slow", item);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theRoomOfAllLanesShouldBeBounded() {
        for (String lane : new String[] {"a", "b"}) {
            assertThat(lanes.admit(lane, lane)).isEqualTo(Place.RUN);
            assertThat(lanes.admit(lane, lane)).isEqualTo(Place.RUN);
            assertThat(lanes.admit(lane, lane)).isEqualTo(Place.WAIT);
            assertThat(lanes.admit(lane, lane)).isEqualTo(Place.WAIT);
        }
        assertThat(lanes.admit("c", "c")).isEqualTo(Place.FULL);
    }

    @Test
    void lanesShouldTakeTurns() {
        for (int i = 0; i < 4; i++) {
            lanes.admit(i < 2 ? "a" : "b", "running");
        }
        lanes.admit("c", "c1");
        lanes.admit("c", "c2");
        lanes.admit("d", "d1");
        lanes.admit("d", "d2");

        assertThat(lanes.finished("a")).map(Started::item).contains("c1");
        assertThat(lanes.finished("a")).map(Started::item).contains("d1");
        assertThat(lanes.finished("b")).map(Started::item).contains("c2");
        assertThat(lanes.finished("b")).map(Started::item).contains("d2");
        for (String lane : new String[] {"c", "c", "d", "d"}) {
            assertThat(lanes.finished(lane)).isEqualTo(Optional.empty());
        }
        assertThat(lanes.drain()).isEmpty();
    }

    @Test
    void oneDestinationShouldNeverHaveMoreThanHalfOfTheThreads() {
        assertThat(Limits.of(200, 10).runningInLane()).isEqualTo(10);
        assertThat(Limits.of(10, 10).runningInLane()).isEqualTo(5);
        assertThat(Limits.of(1, 10).runningInLane()).isEqualTo(1);
    }

    @Test
    void whatWaitsShouldBeGivenBackAtTheEnd() {
        for (int i = 0; i < 5; i++) {
            lanes.admit("slow", Integer.toString(i));
        }
        assertThat(lanes.drain()).containsExactly("2", "3", "4");
        assertThat(lanes.finished("slow")).isEmpty();
    }
}
