/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.james.WaitingNote;
import org.tlsward.testing.SettableClock;

class OutgoingQueueRunnerTest {
    private static final int SLOW = 500;
    private static final int GOOD = 50;

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
    private final Map<String, BrokerQueue> broker = new ConcurrentHashMap<>();
    private final UnderWay underWay = new UnderWay();
    private final InnerErrors errors = new InnerErrors(clock);
    private final CountDownLatch tarpitEnds = new CountDownLatch(1);
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private FakeServer server;
    private SteppedQueue queue;
    private OutgoingQueueRunner runner;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(root, "");
        queue = new SteppedQueue(
                "out", broker("out"), this::broker, new SteppedQueue.Surroundings(clock, underWay, errors));
        clock.whenMoved(queue::clockChanged);
    }

    private BrokerQueue broker(String name) {
        return broker.computeIfAbsent(name, key -> new BrokerQueue(key, 1000));
    }

    private void run(OutgoingQueueRunner.Attempt attempt, int threads) throws Exception {
        Settlement settlement = new Settlement(
                queue,
                server.context(),
                DeliveryParameters.read(server.config(
                                "TlsRemoteDelivery", "withheldProcessor", "tls-withheld", "bounceProcessor", "bounces")
                        .build()),
                clock,
                List::of);
        runner = new OutgoingQueueRunner(
                queue,
                new OutgoingQueueRunner.Work(attempt, settlement, underWay, errors, OutgoingQueueRunnerTest::domain),
                Lanes.Limits.of(threads, 10));
        runner.start();
    }

    @AfterEach
    void stop() {
        tarpitEnds.countDown();
        if (runner != null) {
            runner.stop();
        }
        queue.stop();
    }

    private static String domain(Mail mail) {
        return mail.getRecipients().iterator().next().getDomain().asString();
    }

    private void put(String name, String recipient) throws Exception {
        MailImpl mail = FakeServer.mail(name, recipient);
        RetryState.first(name, clock.instant()).write(mail);
        queue.put(mail, Duration.ZERO);
    }

    private void deliver(Mail mail) throws MessagingException {
        String name = RetryState.of(mail, clock.instant()).base();
        tried.add(name);
        if (domain(mail).equals("tarpit.example")) {
            try {
                tarpitEnds.await();
            } catch (InterruptedException e) {
                throw new MessagingException("stopped", e);
            }
        }
        delivered.add(name);
    }

    /** How often each mail was written, by the name it began with. */
    private Map<String, Integer> writes() {
        Map<String, Integer> writes = new ConcurrentHashMap<>();
        broker.values().forEach(each -> each.written()
                .forEach(name -> writes.merge(name.replaceFirst("-.*", ""), 1, Integer::sum)));
        return writes;
    }

    private long inStore() {
        return broker.values().stream().mapToLong(BrokerQueue::getSize).sum();
    }

    @Test
    void mailsForATarpitShouldNeitherHoldUpOthersNorGoRound() throws Exception {
        run(this::deliver, 40);
        for (int i = 0; i < SLOW; i++) {
            put("slow" + i, "a@tarpit.example");
        }
        for (int i = 0; i < GOOD; i++) {
            put("good" + i, "b@good.example");
        }

        Await.until(() -> delivered.size() == GOOD);
        assertThat(delivered).allMatch(name -> name.startsWith("good"));
        // The connections of the tarpit are busy, some mails wait beside them, the rest went back: once.
        Await.until(() -> inStore() == SLOW && writes().size() == SLOW + GOOD);
        assertThat(tried).filteredOn(name -> name.startsWith("slow")).hasSize(10);
        assertThat(broker("out").names()).hasSize(10 + 40);
        assertThat(writes()).allSatisfy((name, times) -> assertThat(times).isLessThanOrEqualTo(2));

        queue.start();
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
        }
        tarpitEnds.countDown();
        Await.until(() -> {
            clock.advance(Duration.ofMinutes(1));
            return delivered.size() == SLOW + GOOD;
        });
        Await.until(() -> inStore() == 0);
    }

    @Test
    void whoWentBackOftenShouldWaitLonger() throws Exception {
        run(this::deliver, 2);
        for (int i = 0; i < 6; i++) {
            put("slow" + i, "a@tarpit.example");
        }
        Await.until(() -> writes().values().stream().mapToInt(each -> each).sum() == 6 + 3);
        Mail first = broker("out-wait-5s").browse().next().getMail();
        WaitingNote note = WaitingNote.of(first).orElseThrow();
        assertThat(note.turns()).isEqualTo(1);
        assertThat(note.due()).isEqualTo(clock.instant().plusSeconds(15));
        List<Duration> pauses = new ArrayList<>();
        for (int turns = 0; turns < 8; turns++) {
            pauses.add(PutBack.CROWDED.pause(turns));
        }
        assertThat(pauses)
                .isSorted()
                .endsWith(Duration.ofMinutes(10), Duration.ofMinutes(10))
                .startsWith(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void anAttemptThatEndsInAnErrorShouldComeBackLaterAndLaterAndBeToldOf() throws Exception {
        run(
                mail -> {
                    tried.add(mail.getName());
                    throw new IllegalStateException("a bug");
                },
                4);
        put("mail", "a@fern.example");
        Await.until(() -> broker("out-wait-1m").getSize() == 1);
        Await.until(() -> broker("out").getSize() == 0);
        assertThat(errors.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("1 inner errors")
                .contains("a bug"));
        queue.start();
        clock.advance(Duration.ofMinutes(1));
        Await.until(() -> tried.size() == 2 && broker("out").getSize() == 0);
        assertThat(WaitingNote.of(broker("out-wait-1m").browse().next().getMail())
                        .map(WaitingNote::due))
                .contains(clock.instant().plus(Duration.ofMinutes(2)));
        assertThat(errors.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("2 inner errors"));
    }

    @Test
    void anErrorShouldBeShownForADay() {
        errors.record("what", new IllegalStateException("a bug"));
        clock.advance(Duration.ofHours(23));
        assertThat(errors.problems()).hasSize(1);
        clock.advance(Duration.ofHours(1));
        assertThat(errors.problems()).isEmpty();
    }

    @Test
    void afterFiveDaysAnErrorShouldWithholdTheMail() throws Exception {
        run(
                mail -> {
                    throw new IllegalStateException("a bug");
                },
                4);
        MailImpl mail = FakeServer.mail("mail", "a@fern.example");
        RetryState.first("mail", clock.instant().minus(Duration.ofDays(5))).write(mail);
        queue.put(mail, Duration.ZERO);

        Await.until(() -> inStore() == 0);
        assertThat(server.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.where()).isEqualTo("tls-withheld");
            assertThat(sent.attribute("tlsward.withheld.reason", String.class)).isEqualTo("configuration-error");
            assertThat(sent.attribute("tlsward.withheld.explanation", String.class))
                    .contains("a bug");
        });
    }

    @Test
    void whatCannotBeStoredShouldStayInTheQueueAndComeAgain() throws Exception {
        CountDownLatch retried = new CountDownLatch(2);
        run(
                mail -> {
                    broker("out-wait-1m").breakDown(true);
                    retried.countDown();
                    if (retried.getCount() > 0) {
                        throw new MessagingException("a bug");
                    }
                    delivered.add(mail.getName());
                },
                4);
        put("mail", "a@fern.example");

        // RETRY: neither lost nor acknowledged, the same mail comes again.
        retried.await();
        Await.until(() -> inStore() == 0);
        assertThat(delivered).containsExactly("mail");
        assertThat(broker("out").written()).containsExactly("mail");
    }

    @Test
    void whatWasReplacedByACopyShouldBeDroppedAndNotAttempted() throws Exception {
        underWay.replace("mail", () -> {});
        run(this::deliver, 4);
        put("mail", "a@fern.example");
        put("other", "a@fern.example");
        Await.until(() -> inStore() == 0);
        assertThat(tried).containsExactly("other");
    }

    @Test
    void whatWaitsInMemoryWhileTheServerStopsShouldStayInTheQueue() throws Exception {
        run(this::deliver, 2);
        for (int i = 0; i < 4; i++) {
            put("slow" + i, "a@tarpit.example");
        }
        Await.until(() -> writes().values().stream().mapToInt(each -> each).sum() == 4 + 1 && inStore() == 4);
        tarpitEnds.countDown();
        runner.stop();

        assertThat(delivered.size() + inStore())
                .as("what was under way is acknowledged, the others stay")
                .isEqualTo(4);
        assertThat(writes().values().stream().mapToInt(each -> each).sum()).isEqualTo(5);
    }
}
