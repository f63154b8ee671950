/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.PerRecipientHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.tlsward.testing.SettableClock;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the contracts of James leave open. */
class DurableMailQueueTest {

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock("2026-11-22T12:00:00Z");
    private DurableMailQueueFactory factory;
    private DurableMailQueue spool;

    @BeforeEach
    void open() throws Exception {
        factory = Fixture.open(directory, clock);
        spool = factory.createQueue(Fixture.SPOOL);
    }

    @AfterEach
    void close() throws Exception {
        factory.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    @Test
    void everythingOfAMailShouldSurviveARestart() throws Exception {
        MailImpl mail = Fixture.mail("full");
        mail.setState("transport");
        mail.setErrorMessage("it hurts: \"äöü\" \n İ");
        mail.setRemoteHost("client.example");
        mail.setRemoteAddr("192.0.2.7");
        mail.setLastUpdated(Date.from(Instant.ofEpochMilli(1_234_567_890_123L)));
        mail.setRecipients(List.of(new MailAddress("a@partner.example"), new MailAddress("\"b c\"@partner.example")));
        List<Attribute> attributes = List.of(
                new Attribute(AttributeName.of("tlsward.requirement"), AttributeValue.of("encrypt; requiretls")),
                new Attribute(AttributeName.of("number"), AttributeValue.of(42L)),
                new Attribute(AttributeName.of("bytes"), AttributeValue.of(new byte[] {0, -1})),
                new Attribute(AttributeName.of("list"), AttributeValue.of(List.of(AttributeValue.of("x")))),
                new Attribute(AttributeName.of("none"), AttributeValue.of(Optional.empty())));
        attributes.forEach(mail::setAttribute);
        mail.setAttribute(new Attribute(AttributeName.of("here"), AttributeValue.ofUnserializable(new Object())));
        PerRecipientHeaders.Header header = PerRecipientHeaders.Header.builder()
                .name("X-One")
                .value("a: b\r\n c")
                .build();
        mail.addSpecificHeaderForRecipient(header, new MailAddress("a@partner.example"));
        spool.enQueue(mail);

        reopen();

        var found = Fixture.next(spool).getMail();
        assertThat(found.getName()).isEqualTo("full");
        assertThat(found.getState()).isEqualTo("transport");
        assertThat(found.getErrorMessage()).isEqualTo(mail.getErrorMessage());
        assertThat(found.getRemoteHost()).isEqualTo("client.example");
        assertThat(found.getRemoteAddr()).isEqualTo("192.0.2.7");
        assertThat(found.getLastUpdated()).isEqualTo(mail.getLastUpdated());
        assertThat(found.getMaybeSender()).isEqualTo(mail.getMaybeSender());
        assertThat(found.getRecipients()).containsExactlyElementsOf(mail.getRecipients());
        assertThat(found.attributes()
                        .filter(attribute -> !attribute.getName().asString().equals("bytes")))
                .containsExactlyInAnyOrderElementsOf(attributes.stream()
                        .filter(attribute -> !attribute.getName().asString().equals("bytes"))
                        .toList());
        assertThat(found.getAttribute(AttributeName.of("bytes"))
                        .orElseThrow()
                        .getValue()
                        .value())
                .isEqualTo(new byte[] {0, -1});
        assertThat(found.getPerRecipientSpecificHeaders().getHeadersForRecipient(new MailAddress("a@partner.example")))
                .containsExactly(header);
        assertThat(Fixture.text(found)).isEqualTo(Fixture.text(mail));
    }

    /** On both sides of the border between row and file, and of the buffers. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 262143, 262144, 262145, 270000, 600000, 3000000})
    void messagesShouldComeBackByteForByte(int size) throws Exception {
        StringBuilder message = new StringBuilder("Subject: x\n\nbare line ends\r, \u00e4\r\n");
        while (message.length() < size) {
            message.append((char) (message.length() % 251));
        }
        message.setLength(size);
        spool.enQueue(Fixture.mail("exact", message.toString()));

        reopen();

        MailImpl found = (MailImpl) Fixture.next(spool).getMail();
        try (var in = ((MimeMessageWrapper) found.getMessage()).getMessageInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(message.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(found.getMessageSize()).isEqualTo(size);
        LifecycleUtil.dispose(found);
    }

    @Test
    void changedMessagesShouldBeStoredAsChanged() throws Exception {
        MailImpl mail = Fixture.mail("changed");
        mail.getMessage().setHeader("Subject", "another");
        spool.enQueue(mail);

        assertThat(Fixture.next(spool).getMail().getMessage().getSubject()).isEqualTo("another");
    }

    @Test
    void mailsWithoutAMessageShouldBeTaken() throws Exception {
        spool.enQueue(MailImpl.builder().name("empty").build());

        MailQueueItem item = Fixture.next(spool);
        assertThat(item.getMail().getMessage()).isNull();
        item.done(CompletionStatus.SUCCESS);
        assertThat(spool.getSize()).isZero();
    }

    @Test
    void messagesShouldBeReadableUntilTheLastReaderLetsGo() throws Exception {
        spool.enQueue(Fixture.mail("small"));
        spool.enQueue(Fixture.mail("large", Fixture.message(400_000)));
        List<MailQueueItem> items = Fixture.next(spool, 2);
        for (MailQueueItem item : items) {
            item.done(CompletionStatus.SUCCESS);
        }
        // The writer has been there: this is written after the ends.
        spool.enQueue(Fixture.mail("after"));

        assertThat(Fixture.text(items.get(0).getMail())).contains("Subject: small");
        assertThat(Fixture.text(items.get(1).getMail())).hasSizeGreaterThan(390_000);
        assertThat(files("messages")).hasSize(1);

        items.forEach(item -> LifecycleUtil.dispose(item.getMail()));
        spool.enQueue(Fixture.mail("after that"));

        assertThat(files("messages")).isEmpty();
    }

    @Test
    void mailsThatEndedWithAReaderLeftShouldNotComeBack() throws Exception {
        spool.enQueue(Fixture.mail("small"));
        spool.enQueue(Fixture.mail("large", Fixture.message(400_000)));
        for (MailQueueItem item : Fixture.next(spool, 2)) {
            item.done(CompletionStatus.SUCCESS);
        }

        reopen();

        assertThat(spool.getSize()).isZero();
        assertThat(files("messages")).isEmpty();
    }

    @Test
    void mailsHandedOutButNotEndedShouldComeBackOnceInOrder() throws Exception {
        for (int i = 0; i < 5; i++) {
            spool.enQueue(Fixture.mail("mail" + i));
        }
        List<MailQueueItem> items = Fixture.next(spool, 4);
        items.get(1).done(CompletionStatus.SUCCESS);

        reopen();

        assertThat(Fixture.names(Fixture.next(spool, 4))).containsExactly("mail0", "mail2", "mail3", "mail4");
        assertThat(spool.getSize()).isEqualTo(4);
    }

    @Test
    void delayedMailsShouldComeWhenDueAndSurviveARestart() throws Exception {
        spool.enQueue(Fixture.mail("late"), Duration.ofHours(2));
        spool.enQueue(Fixture.mail("early"), Duration.ofHours(1));
        spool.enQueue(Fixture.mail("now"));
        reopen();
        LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();
        Flux.from(spool.deQueue()).subscribe(item -> names.add(item.getMail().getName()));

        assertThat(names.poll(20, TimeUnit.SECONDS)).isEqualTo("now");
        clock.advance(Duration.ofMinutes(61));
        spool.clockChanged();
        assertThat(names.poll(20, TimeUnit.SECONDS)).isEqualTo("early");
        assertThat(names).isEmpty();
        clock.advance(Duration.ofMinutes(61));
        spool.clockChanged();
        assertThat(names.poll(20, TimeUnit.SECONDS)).isEqualTo("late");
    }

    @Test
    void retriedMailsShouldWaitLongerEachTime() throws Exception {
        spool.enQueue(Fixture.mail("stubborn"));
        for (long pause : new long[] {100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000, 60000}) {
            Fixture.next(spool).done(CompletionStatus.RETRY);
            assertThat(spool.browse().next().getNextDelivery().orElseThrow().toInstant())
                    .isEqualTo(clock.instant().plusMillis(pause));
            clock.advance(Duration.ofMillis(pause));
        }
    }

    @Test
    void rejectedMailsShouldBeKeptForAHuman() throws Exception {
        spool.enQueue(Fixture.mail("poison"));
        Fixture.next(spool).done(CompletionStatus.REJECT);

        assertThat(spool.getSize()).isZero();
        List<Path> kept = files("rejected");
        assertThat(kept).hasSize(2);
        assertThat(Files.readString(kept.get(0))).isEqualTo("Subject: poison\r\n\r\ntext\r\n");
        assertThat(Files.readString(kept.get(1))).contains("\"name\":\"poison\"");
        assertThat(factory.countSetAside()).isEqualTo(1);
        reopen();
        assertThat(spool.getSize()).isZero();
    }

    @Test
    void anEndShouldCountOnce() throws Exception {
        spool.enQueue(Fixture.mail("once"));
        MailQueueItem item = Fixture.next(spool);
        item.done(CompletionStatus.SUCCESS);
        item.done(CompletionStatus.RETRY);

        assertThat(spool.getSize()).isZero();
        assertThat(Fixture.browse(spool)).isEmpty();
    }

    @Test
    void queuesShouldNotMixAndBeThereAfterARestart() throws Exception {
        DurableMailQueue outgoing = factory.createQueue(MailQueueName.of("outgoing/../*tlsward"));
        spool.enQueue(Fixture.mail("in"));
        outgoing.enQueue(Fixture.mail("out"));
        factory.createQueue(MailQueueName.of("empty"));

        reopen();

        assertThat(factory.listCreatedMailQueues()).containsExactlyInAnyOrder(Fixture.SPOOL, outgoing.getName());
        assertThat(Fixture.browse(spool)).containsExactly("in");
        assertThat(Fixture.browse(factory.getQueue(outgoing.getName()).orElseThrow()))
                .containsExactly("out");
    }

    @Test
    void removedMailsShouldNotComeBack() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            MailImpl mail = Fixture.mail(name);
            mail.setSender(new MailAddress(name + "@clinic.example"));
            mail.setRecipients(List.of(new MailAddress("x@y.example"), new MailAddress(name + "@partner.example")));
            spool.enQueue(mail, Duration.ofHours(1));
        }

        assertThat(spool.remove(ManageableMailQueue.Type.Name, "a")).isEqualTo(1);
        assertThat(spool.remove(ManageableMailQueue.Type.Sender, "B@clinic.example"))
                .isEqualTo(1);
        assertThat(spool.remove(ManageableMailQueue.Type.Recipient, "c@partner.example"))
                .isEqualTo(1);
        assertThat(spool.remove(ManageableMailQueue.Type.Recipient, "partner.example"))
                .isZero();
        reopen();

        assertThat(Fixture.browse(spool)).containsExactly("d");
    }

    @Test
    void clearShouldSpareWhatIsUnderWay() throws Exception {
        spool.enQueue(Fixture.mail("under way"));
        spool.enQueue(Fixture.mail("waits"));
        MailQueueItem item = Fixture.next(spool);

        assertThat(spool.clear()).isEqualTo(1);
        assertThat(Fixture.browse(spool)).containsExactly("under way");
        item.done(CompletionStatus.SUCCESS);
        reopen();
        assertThat(spool.getSize()).isZero();
    }

    @Test
    void flushedMailsShouldStayDue() throws Exception {
        spool.enQueue(Fixture.mail("later"), Duration.ofDays(3));

        assertThat(spool.flush()).isEqualTo(1);
        reopen();

        assertThat(Fixture.next(spool).getMail().getName()).isEqualTo("later");
    }

    @Test
    void consumersShouldGetWhatTheyAskForAndNoMore() throws Exception {
        for (int i = 0; i < 4; i++) {
            spool.enQueue(Fixture.mail("mail" + i));
        }
        LinkedBlockingQueue<MailQueueItem> first = new LinkedBlockingQueue<>();
        BaseSubscriber<MailQueueItem> consumer = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(2);
            }

            @Override
            protected void hookOnNext(MailQueueItem item) {
                first.add(item);
            }
        };
        spool.deQueue().subscribe(consumer);
        MailQueueItem mail0 = first.poll(20, TimeUnit.SECONDS);
        MailQueueItem mail1 = first.poll(20, TimeUnit.SECONDS);
        // A second consumer gets the next ones: the first has enough.
        List<MailQueueItem> others = Fixture.next(spool, 2);

        assertThat(Fixture.names(List.of(mail0, mail1))).containsExactly("mail0", "mail1");
        assertThat(Fixture.names(others)).containsExactly("mail2", "mail3");
        assertThat(first).isEmpty();
        consumer.cancel();
        spool.enQueue(Fixture.mail("mail4"));
        assertThat(Fixture.next(spool).getMail().getName()).isEqualTo("mail4");
    }

    @Test
    void aConsumerThatThrowsShouldNotStopTheQueue() throws Exception {
        List<String> seen = new ArrayList<>();
        spool.deQueue().subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(MailQueueItem item) {
                seen.add(item.getMail().getName());
                throw new LinkageError("for the test");
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });
        spool.enQueue(Fixture.mail("first"));
        spool.enQueue(Fixture.mail("second"));

        assertThat(Fixture.next(spool).getMail().getName()).isEqualTo("second");
        assertThat(seen).containsExactly("first");
    }

    @Test
    void reactiveMailsShouldBeThereWhenTheMonoCompletes() throws Exception {
        Flux.range(0, 200)
                .flatMap(i -> {
                    try {
                        return Mono.from(spool.enqueueReactive(Fixture.mail("mail" + i)));
                    } catch (Exception e) {
                        return Mono.error(e);
                    }
                })
                .blockLast(Duration.ofSeconds(20));

        assertThat(spool.getSize()).isEqualTo(200);
        reopen();
        assertThat(Fixture.browse(spool)).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void aClosedQueueShouldRefuseMailAndSayWhatBecomesOfTheRest() throws Exception {
        spool.enQueue(Fixture.mail("open"));
        MailQueueItem item = Fixture.next(spool);
        DurableMailQueue closed = spool;
        close();

        assertThatThrownBy(() -> closed.enQueue(Fixture.mail("late")))
                .isInstanceOf(MailQueueException.class)
                .hasMessageContaining("the mail queue is closed");
        assertThatThrownBy(() -> item.done(CompletionStatus.SUCCESS))
                .isInstanceOf(MailQueueException.class)
                .hasMessageContaining("it will be handed out again");
        open();
        assertThat(Fixture.browse(spool)).containsExactly("open");
    }

    @Test
    void closingShouldCompleteConsumersAndWaitForMailsUnderWay() throws Exception {
        close();
        factory = new DurableMailQueueFactory(directory, Fixture.surroundings(clock), Duration.ofSeconds(20));
        spool = factory.createQueue(Fixture.SPOOL);
        spool.enQueue(Fixture.mail("under way"));
        LinkedBlockingQueue<MailQueueItem> items = new LinkedBlockingQueue<>();
        Mono<Void> completed =
                Flux.from(spool.deQueue()).doOnNext(items::add).then().cache();
        completed.subscribe();
        MailQueueItem item = items.poll(20, TimeUnit.SECONDS);
        // Nothing more is handed out once the consumer has been told so; only then the mail ends.
        Thread consumer = new Thread(() -> {
            completed.block(Duration.ofSeconds(20));
            try {
                item.done(CompletionStatus.SUCCESS);
            } catch (MailQueueException e) {
                throw new IllegalStateException(e);
            }
        });
        consumer.start();
        close();
        consumer.join();
        open();

        assertThat(spool.getSize()).isZero();
    }

    @Test
    void theStoreShouldBeOfThisAccountAlone() throws Exception {
        spool.enQueue(Fixture.mail("small"));
        spool.enQueue(Fixture.mail("large", Fixture.message(400_000)));
        Fixture.next(spool).done(CompletionStatus.REJECT);
        factory.createQueue(MailQueueName.of("other")).enQueue(Fixture.mail("more"));

        try (Stream<Path> files = Files.walk(directory.resolve("messages").getParent())) {
            for (Path file : files.filter(
                            path -> !path.equals(directory) && !path.toString().contains("/native/"))
                    .toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    private List<Path> files(String folder) throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.sorted().toList();
        }
    }
}
