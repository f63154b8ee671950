/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tlsward.testing.SettableClock;

class BacklogTest {

    private final SettableClock clock = new SettableClock("2026-11-22T12:00:00Z");
    private final Backlog backlog = new Backlog(clock);

    @Test
    void mailsShouldWaitForTheirTime() {
        QueuedMail mail = mail(1, 3_600_000);
        backlog.add(mail);
        Taker taker = new Taker(() -> true);

        assertThat(taker.sleeps()).isTrue();
        clock.advance(Duration.ofMillis(3_599_999));
        backlog.wakeUp();
        assertThat(taker.sleeps()).isTrue();
        clock.advance(Duration.ofMillis(1));
        backlog.wakeUp();
        assertThat(taker.taken.join()).isSameAs(mail);
    }

    @Test
    void mailsShouldWaitForSomebodyWhoWantsThem() {
        QueuedMail mail = mail(1, 0);
        backlog.add(mail);
        AtomicBoolean wanted = new AtomicBoolean();
        Taker taker = new Taker(wanted::get);

        assertThat(taker.sleeps()).isTrue();
        wanted.set(true);
        backlog.wakeUp();
        assertThat(taker.taken.join()).isSameAs(mail);
    }

    @Test
    void whoComesEarlierWithALaterTimeShouldGoLater() throws Exception {
        QueuedMail later = mail(1, 2);
        QueuedMail sooner = mail(2, 1);
        QueuedMail soonerToo = mail(3, 1);
        backlog.add(later);
        backlog.add(soonerToo);
        backlog.add(sooner);
        clock.advance(Duration.ofSeconds(1));

        assertThat(backlog.waiting()).containsExactly(sooner, soonerToo, later);
        assertThat(backlog.take(() -> true)).containsSame(sooner);
        assertThat(backlog.all()).containsExactly(sooner, soonerToo, later);
        assertThat(backlog.size()).isEqualTo(3);
    }

    @Test
    void closingShouldEndTheWait() {
        Taker taker = new Taker(() -> true);
        assertThat(taker.sleeps()).isTrue();
        backlog.close();
        assertThat(taker.taken.join()).isNull();
    }

    private QueuedMail mail(long id, long millisFromNow) {
        return new QueuedMail(id, clock.millis() + millisFromNow, false);
    }

    /** Somebody who takes a mail, and whether he had to lie down for it. */
    private final class Taker {

        private final CompletableFuture<QueuedMail> taken = new CompletableFuture<>();
        private final Thread thread;

        Taker(BooleanSupplier wanted) {
            thread = new Thread(() -> {
                try {
                    taken.complete(backlog.take(wanted).orElse(null));
                } catch (InterruptedException e) {
                    taken.completeExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        boolean sleeps() {
            Awaitility.await()
                    .until(() -> taken.isDone()
                            || thread.getState() == Thread.State.WAITING
                            || thread.getState() == Thread.State.TIMED_WAITING);
            return !taken.isDone();
        }
    }
}
