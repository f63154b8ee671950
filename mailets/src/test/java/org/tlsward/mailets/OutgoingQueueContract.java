/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.james.WaitingMail;
import org.tlsward.james.WaitingNote;
import org.tlsward.testing.SettableClock;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What outgoing mail needs of a queue, whether that delays by itself or not. */
abstract class OutgoingQueueContract {
    final SettableClock clock = new SettableClock("2027-03-01T12:00:00Z");
    final UnderWay underWay = new UnderWay();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<Optional<String>> forgotten = new CopyOnWriteArrayList<>();
    private OutgoingQueue queue;
    private QueueDesk desk;
    private Disposable consumer;

    /** A queue that has what it had before. */
    abstract OutgoingQueue open() throws Exception;

    /** As the end of the process would, with whatever is in hand. */
    abstract void crash() throws Exception;

    /** False if it is gone with the process. */
    abstract boolean survives();

    @BeforeEach
    void start() throws Exception {
        queue = open();
        queue.start();
        desk = new QueueDesk(queue, underWay, forgotten::add, clock);
        consumer = Flux.from(queue.ready().deQueue()).subscribe(this::take);
    }

    @AfterEach
    void stop() throws Exception {
        queue.stop();
        consumer.dispose();
        crash();
    }

    private void take(MailQueueItem item) {
        try {
            if (underWay.begin(item.getMail().getName())) {
                arrived.add(RetryState.of(item.getMail(), clock.instant()).base());
            }
            item.done(MailQueueItem.CompletionStatus.SUCCESS);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(String name, String recipient, Duration pause) throws Exception {
        MailImpl mail = FakeServer.mail(name, recipient);
        RetryState.first(name, clock.instant()).write(mail);
        queue.put(mail, pause);
    }

    /** Whatever waits for a moment looks at the clock again when a mail comes. */
    private void advance(Duration time) throws Exception {
        clock.advance(time);
        put("tick" + clock.instant().getEpochSecond(), "t@tick.example", Duration.ZERO);
    }

    private List<String> arrivedMails() {
        return arrived.stream().filter(name -> !name.startsWith("tick")).toList();
    }

    private void awaitTick() throws Exception {
        Await.until(() -> arrived.contains("tick" + clock.instant().getEpochSecond()));
    }

    @Test
    void aMailShouldComeBackAfterItsPauseAndNotBefore() throws Exception {
        put("mail", "a@fern.example", Duration.ofMinutes(1));
        advance(Duration.ofSeconds(59));
        awaitTick();
        assertThat(arrivedMails()).isEmpty();

        advance(Duration.ofSeconds(1));
        Await.until(() -> arrivedMails().size() == 1);
    }

    @Test
    void thoseThatWaitEquallyLongShouldComeBackInTheirOrder() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("mail" + i, "a@fern.example", Duration.ofMinutes(5));
            clock.advance(Duration.ofSeconds(1));
        }
        // Until just before the first one: James' queue in memory looks at the clock again when its head changes.
        advance(Duration.ofMinutes(5).minusSeconds(5).minusMillis(1));
        awaitTick();
        assertThat(arrivedMails()).isEmpty();
        advance(Duration.ofSeconds(6));
        Await.until(() -> arrivedMails().size() == 5);
        assertThat(arrivedMails()).containsExactly("mail0", "mail1", "mail2", "mail3", "mail4");
    }

    @Test
    void aCrashShouldLoseNothingThatWaits() throws Exception {
        put("mail", "a@fern.example", Duration.ofMinutes(1));
        if (!survives()) {
            return;
        }
        queue.stop();
        consumer.dispose();
        crash();
        start();
        advance(Duration.ofMinutes(1));
        Await.until(() -> arrivedMails().size() == 1);
    }

    @Test
    void whatWaitsShouldBeListedWithWhatIsKnownOfIt() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "a@fern.example", "b@fern.example");
        RetryState.first("mail", clock.instant()).write(mail);
        new WaitingNote(clock.instant(), clock.instant(), 3, 0, "encrypt", List.of("medical"), "mx: no TLS")
                .write(mail);
        queue.put(mail, Duration.ofMinutes(10));

        WaitingMail waiting = awaitOne();
        assertThat(waiting.name()).isEqualTo("mail");
        assertThat(waiting.sender()).contains("clinician@klinik.example");
        assertThat(waiting.recipients()).containsExactly("a@fern.example", "b@fern.example");
        assertThat(waiting.destinations()).containsExactly("fern.example");
        assertThat(waiting.required()).isEqualTo("encrypt");
        assertThat(waiting.classes()).containsExactly("medical");
        assertThat(waiting.tries()).isEqualTo(3);
        assertThat(waiting.nextAttempt()).contains(clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(waiting.lastOutcome()).isEqualTo("mx: no TLS");
        assertThat(desk.waiting(Optional.empty(), 0)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void listOfADestinationShouldNotEndBehindTheMailOfOthers() throws Exception {
        put("one", "a@nah.example", Duration.ofMinutes(10));
        put("two", "b@nah.example", Duration.ofMinutes(10));
        put("three", "c@fern.example", Duration.ofMinutes(10));
        put("four", "d@fern.example", Duration.ofMinutes(10));
        Await.until(() -> desk.waiting(Optional.empty(), 10).size() == 4);

        assertThat(desk.waiting(Optional.of("fern.example"), 10))
                .extracting(WaitingMail::name)
                .containsExactlyInAnyOrder("three", "four");
        assertThat(desk.waiting(Optional.of("fern.example"), 1)).hasSize(1);
        assertThat(desk.waiting(Optional.of("nowhere.example"), 10)).isEmpty();
    }

    private WaitingMail awaitOne() throws Exception {
        Await.until(() -> desk.waiting(Optional.empty(), 10).size() == 1);
        return desk.waiting(Optional.empty(), 10).get(0);
    }

    @Test
    void retryNowShouldMakeOneDestinationDueOnceAndLeaveTheOthers() throws Exception {
        put("far", "a@fern.example", Duration.ofMinutes(10));
        put("far2", "b@fern.example", Duration.ofMinutes(1));
        put("near", "c@nah.example", Duration.ofMinutes(10));

        assertThat(desk.retryNow(Optional.of("fern.example"))).isEqualTo(2);
        Await.until(() -> arrivedMails().size() == 2);
        assertThat(arrivedMails()).containsExactlyInAnyOrder("far", "far2");
        assertThat(forgotten).containsExactly(Optional.of("fern.example"));
        assertThat(desk.waiting(Optional.empty(), 10))
                .extracting(WaitingMail::name)
                .containsExactly("near");

        advance(Duration.ofMinutes(10).minusMillis(1));
        awaitTick();
        advance(Duration.ofSeconds(1));
        Await.until(() -> arrivedMails().contains("near"));
        assertThat(arrivedMails()).as("nobody gets it twice").hasSize(3);
    }

    @Test
    void whatIsUnderWayShouldBeLeftAlone() throws Exception {
        put("mail", "a@fern.example", Duration.ofMinutes(10));
        underWay.begin("mail");
        assertThat(desk.retryNow(Optional.empty())).isZero();
        assertThat(arrivedMails()).isEmpty();
    }

    @Test
    void whatIsDueShouldNotBeReplaced() throws Exception {
        assertThat(desk.retryNow(Optional.empty())).isZero();
        put("mail", "a@fern.example", Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(10));
        assertThat(desk.retryNow(Optional.empty())).isZero();
    }
}
