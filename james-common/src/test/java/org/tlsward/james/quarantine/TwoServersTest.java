/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.james.quarantine.Quarantine.Wish;
import org.tlsward.policy.TlsLevel;

/** Two servers with one directory of kept mail, and people who do things with the same mail on both. */
class TwoServersTest {
    private static final int MAILS = 20;

    private final List<String> sent = java.util.Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService people = Executors.newFixedThreadPool(2);
    private final CountDownLatch bothAreHere = new CountDownLatch(2);
    private volatile boolean slowly;

    @TempDir
    Path home;

    private Server first;
    private Server second;

    /** Takes its time with a mail until another one wants it too. */
    private final class Sender extends FakeCourier {
        Sender() {
            super(new ArrayList<>());
        }

        @Override
        public void relay(Mail mail) throws javax.mail.MessagingException {
            hesitate();
            sent.add("relay " + mail.getName());
        }

        @Override
        public boolean tellSender(Mail mail, List<org.tlsward.james.RecipientNote> notes) {
            hesitate();
            sent.add("tell " + mail.getName());
            return true;
        }
    }

    private void hesitate() {
        if (slowly) {
            try {
                bothAreHere.countDown();
                var unused = bothAreHere.await(500, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Server(Quarantine quarantine, Shelf shelf) {}

    private Server server() throws Exception {
        HomeDirectory directory = new HomeDirectory(home);
        Shelf shelf = new Shelf(
                HomeDirectory.URL,
                directory.repository(),
                new Sender(),
                Optional.of(PrivateFiles.in(directory.directory())));
        Quarantine quarantine = new Quarantine(new Quarantine.Surroundings(
                () -> QuarantineSettings.DEFAULT, actions -> {}, java.time.Clock.systemUTC()));
        quarantine.add(shelf);
        return new Server(quarantine, shelf);
    }

    @BeforeEach
    void start() throws Exception {
        first = server();
        for (int i = 0; i < MAILS; i++) {
            first.quarantine().keep(first.shelf(), KeptMailSamples.mail("mail" + i, "arzt@partner.example"));
        }
        second = server();
    }

    @AfterEach
    void stop() {
        people.shutdownNow();
    }

    private String id(int number) {
        return first.shelf().id(new MailKey("mail" + number));
    }

    /** True if it was done, false if the mail was not there any more. */
    private static boolean isDone(Callable<?> deed) throws Exception {
        try {
            deed.call();
            return true;
        } catch (NoSuchElementException e) {
            return false;
        }
    }

    private int doneOf(Callable<?> one, Callable<?> other) throws Exception {
        Future<Boolean> begun = people.submit(() -> isDone(one));
        Future<Boolean> also = people.submit(() -> isDone(other));
        return count(begun) + count(also);
    }

    private static int count(Future<Boolean> done) throws Exception {
        try {
            return done.get(60, TimeUnit.SECONDS) ? 1 : 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Callable<Void> release(Server server, String id, String by) {
        return () -> {
            server.quarantine().release(id, by);
            return null;
        };
    }

    @Test
    void aMailThatIsReleasedOnBothShouldGoOnce() throws Exception {
        slowly = true;
        int done = doneOf(release(first, id(0), "anna"), release(second, id(0), "boris"));

        assertThat(sent).containsExactly("relay mail0");
        assertThat(done).isEqualTo(1);
    }

    @Test
    void aReleaseAndAReturnShouldNotBothHappen() throws Exception {
        slowly = true;
        int done =
                doneOf(release(first, id(0), "anna"), () -> second.quarantine().bounce(id(0), "boris"));

        assertThat(sent).hasSize(1);
        assertThat(done).isEqualTo(1);
    }

    @Test
    void allMailReleasedOnBothAtOnceShouldGoOnceEach() throws Exception {
        Future<?> one = people.submit(() -> first.quarantine().releaseAll("partner.example", "anna"));
        Future<?> other = people.submit(() -> second.quarantine().releaseAll("partner.example", "boris"));
        one.get(60, TimeUnit.SECONDS);
        other.get(60, TimeUnit.SECONDS);

        assertThat(sent).hasSize(MAILS).doesNotHaveDuplicates();
        assertThat(first.shelf().keys()).isExhausted();
    }

    @Test
    void whatOneAsksForOnOneServerAnotherOneShouldConfirmOnTheOther() throws Exception {
        assertThat(first.quarantine().override(id(0), "anna", "theatre", TlsLevel.MAY))
                .isEqualTo(Wish.PENDING);
        KeptMail seen = second.quarantine().find(id(0));
        int done = doneOf(
                () -> {
                    second.quarantine()
                            .confirm(
                                    id(0), "boris", seen.pending().orElseThrow().at());
                    return null;
                },
                release(first, id(0), "carla"));

        assertThat(sent).containsExactly("relay mail0");
        assertThat(done).isEqualTo(1);
    }
}
