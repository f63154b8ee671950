/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.james.WaitingNote;
import org.tlsward.testing.SettableClock;

class SteppedQueueTest {
    private final SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
    private final Map<String, BrokerQueue> broker = new LinkedHashMap<>();
    private final UnderWay underWay = new UnderWay();
    private SteppedQueue queue;

    @BeforeEach
    void start() {
        queue = open();
        queue.start();
    }

    /** What a server does that starts: the broker keeps what it has. */
    private SteppedQueue open() {
        SteppedQueue opened = new SteppedQueue(
                "out",
                broker("out"),
                this::broker,
                new SteppedQueue.Surroundings(clock, underWay, new InnerErrors(clock)));
        clock.whenMoved(opened::clockChanged);
        return opened;
    }

    private BrokerQueue broker(String name) {
        return broker.computeIfAbsent(name, key -> new BrokerQueue(key, 1));
    }

    @AfterEach
    void stop() {
        queue.stop();
    }

    private void put(String name, Duration pause) throws Exception {
        MailImpl mail = FakeServer.mail(name, "a@fern.example");
        RetryState.first(name, clock.instant()).write(mail);
        queue.put(mail, pause);
    }

    private List<String> waiting(String step) {
        return broker("out-wait-" + step).names();
    }

    /** Those that are due, by the names they began with. */
    private List<String> ready() {
        return broker("out").names().stream()
                .map(name -> name.replaceFirst("-.*", ""))
                .toList();
    }

    private long everywhere() {
        return broker.values().stream().mapToLong(BrokerQueue::getSize).sum();
    }

    private void awaitSettled() throws Exception {
        Await.until(() -> ready().size() == everywhere());
    }

    @Test
    void aMailShouldComeBackAfterItsPauseAndNotBefore() throws Exception {
        put("mail", Duration.ofMinutes(1));
        awaitHead("1m");
        assertThat(waiting("1m")).hasSize(1);
        clock.advance(Duration.ofSeconds(59));
        put("other", Duration.ZERO);
        assertThat(ready()).containsExactly("other");

        clock.advance(Duration.ofSeconds(1));
        awaitSettled();
        assertThat(ready()).containsExactly("other", "mail");
        assertThat(broker("out").written()).hasSize(2);
    }

    private void awaitHead(String step) throws Exception {
        Await.until(() -> queue.heads().size() == 1);
        assertThat(waiting(step)).isNotEmpty();
    }

    @Test
    void thoseThatWaitEquallyLongShouldComeBackInTheirOrder() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("mail" + i);
            put("mail" + i, Duration.ofMinutes(5));
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofMinutes(5));
        awaitSettled();
        assertThat(ready()).containsExactlyElementsOf(names);
    }

    @Test
    void aLongDelayShouldBeSeveralSteps() throws Exception {
        put("mail", Duration.ofMinutes(27));
        for (String step : List.of("10m", "10m", "5m", "1m", "1m")) {
            Await.until(() -> waiting(step).size() == 1 && everywhere() == 1);
            assertThat(ready()).as("before the end of %s", step).isEmpty();
            clock.advance(Duration.ofMinutes(Long.parseLong(step.replace("m", ""))));
        }
        awaitSettled();
        assertThat(ready()).containsExactly("mail");
        assertThat(WaitingNote.of(broker("out").browse().next().getMail()).map(WaitingNote::due))
                .contains(clock.instant());
    }

    @Test
    void aPauseShorterThanEveryStepShouldNotBeShortened() throws Exception {
        put("mail", Duration.ofSeconds(2));
        awaitHead("5s");
        clock.advance(Duration.ofSeconds(5));
        awaitSettled();
        assertThat(ready()).containsExactly("mail");
    }

    @Test
    void aCrashWhileTheyWaitShouldLoseNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("mail" + i, Duration.ofMinutes(1));
        }
        awaitHead("1m");
        queue.stop();
        broker.values().forEach(BrokerQueue::loseConsumer);
        clock.advance(Duration.ofHours(1));
        queue = open();
        queue.start();
        awaitSettled();
        assertThat(ready()).containsExactly("mail0", "mail1", "mail2", "mail3", "mail4");
    }

    @Test
    void aCrashBetweenStoringAndAcknowledgingShouldMakeTwoAndNeverNone() throws Exception {
        put("mail", Duration.ofMinutes(1));
        awaitHead("1m");
        // The channel closes while the mail waits: it is stored further on, and the acknowledgement comes too late.
        broker("out-wait-1m").loseConsumer();
        clock.advance(Duration.ofMinutes(1));
        Await.until(() -> !ready().isEmpty());
        assertThat(waiting("1m")).hasSize(1);

        queue.stop();
        queue = open();
        queue.start();
        awaitSettled();
        assertThat(ready()).containsExactly("mail", "mail");
        assertThat(broker("out").names().stream().distinct())
                .as("under one name, so that repositories keep one of them")
                .hasSize(1);
    }

    @Test
    void aBrokerThatTakesNothingShouldKeepTheMail() throws Exception {
        put("mail", Duration.ofMinutes(1));
        awaitHead("1m");
        broker("out").breakDown(true);
        clock.advance(Duration.ofMinutes(1));
        Await.until(() -> queue.heads().isEmpty());
        assertThat(waiting("1m")).hasSize(1);

        broker("out").breakDown(false);
        clock.advance(Duration.ofSeconds(5));
        awaitSettled();
        assertThat(ready()).containsExactly("mail");
    }

    @Test
    void aMailThatWasReplacedByACopyShouldNotComeBack() throws Exception {
        put("mail", Duration.ofMinutes(1));
        awaitHead("1m");
        assertThat(underWay.replace("mail", () -> queue.put(FakeServer.mail("copy", "a@fern.example"), Duration.ZERO)))
                .isTrue();
        clock.advance(Duration.ofMinutes(1));
        Await.until(() -> waiting("1m").isEmpty());
        assertThat(ready()).containsExactly("copy");
    }

    @Test
    void noStepShouldBeLongerThanABrokerLetsAMailBeKept() {
        assertThat(broker.keySet()).containsExactly("out", "out-wait-5s", "out-wait-1m", "out-wait-5m", "out-wait-10m");
    }
}
