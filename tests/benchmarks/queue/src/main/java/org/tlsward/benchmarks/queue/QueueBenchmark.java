/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import com.google.common.base.Splitter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Mails of 4 KiB through whole queues: put in by one and by sixteen threads, taken out, read once and ended by sixteen.
 *
 * <p>Arguments: directory (on the disk in question), mails a run, rounds, names ({@code ours,activemq,memory}), threads
 * ({@code 1,16}). The first round warms up and does not count.
 */
public final class QueueBenchmark {

    private static final Splitter LIST = Splitter.on(',');

    private static final byte[] MESSAGE = ("Subject: benchmark\r\nFrom: <a@clinic.example>\r\n\r\n"
                    + "0123456789 abcdefghijklmnopqrstuvwxyz 0123456789 abcdefghijklm\r\n".repeat(63))
            .getBytes(StandardCharsets.US_ASCII);
    private static final int CONSUMERS = 16;

    private QueueBenchmark() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int mails = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Measured.Table table = new Measured.Table();
        for (int round = 0; round <= rounds; round++) {
            for (String threads : LIST.splitToList(args[4])) {
                for (String name : LIST.splitToList(args[3])) {
                    Path directory = Files.createTempDirectory(Path.of(args[0]), name);
                    try (QueueUnderTest queue = QueueUnderTest.open(name, directory)) {
                        int count = Integer.parseInt(threads);
                        Measured measured =
                                Measured.of(count == 1 ? mails / 4 : mails, n -> run(queue.queue(), n, count));
                        if (round > 0) {
                            table.add(name + ", " + threads + " threads", measured);
                        }
                    }
                    Directories.delete(directory);
                }
            }
        }
        table.print();
        System.exit(0);
    }

    private static void run(MailQueue queue, int mails, int threads) throws Exception {
        CountDownLatch done = new CountDownLatch(mails);
        Scheduler scheduler = Schedulers.newBoundedElastic(CONSUMERS, 100_000, "consumer");
        Disposable consumer = Flux.from(queue.deQueue())
                .flatMap(
                        item -> Mono.fromRunnable(() -> consume(item))
                                .doOnTerminate(done::countDown)
                                .subscribeOn(scheduler),
                        CONSUMERS)
                .subscribeOn(Schedulers.newSingle("dequeue", true))
                .subscribe();
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            senders.execute(() -> {
                for (int n = number.incrementAndGet(); n <= mails; n = number.incrementAndGet()) {
                    send(queue, n);
                }
            });
        }
        done.await();
        consumer.dispose();
        senders.shutdown();
        scheduler.dispose();
    }

    private static void send(MailQueue queue, int number) {
        try {
            MailImpl mail = MailImpl.builder()
                    .name("Mail1795364440136-" + number)
                    .sender("sender@clinic.example")
                    .addRecipient("recipient@partner.example")
                    .remoteHost("client.example")
                    .remoteAddr("192.0.2.7")
                    .addAttributes(List.of(
                            attribute("org.apache.james.SMTPSessionID", "1a2b3c4d5e6f"),
                            attribute("org.apache.james.HELO", "client.example"),
                            attribute("tlsward.session", "TLSv1.3 TLS_AES_256_GCM_SHA384 client.example"),
                            attribute("tlsward.requirement", "medical=encrypt")))
                    .build();
            mail.setMessageContent(new Bytes());
            queue.enQueue(mail);
            LifecycleUtil.dispose(mail);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Attribute attribute(String name, String value) {
        return new Attribute(AttributeName.of(name), AttributeValue.of(value));
    }

    private static void consume(MailQueue.MailQueueItem item) {
        try {
            item.getMail().getMessage().writeTo(OutputStream.nullOutputStream());
            // In the order of James' spooler.
            item.done(CompletionStatus.SUCCESS);
            LifecycleUtil.dispose(item.getMail());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Bytes implements MimeMessageSource {
        @Override
        public String getSourceId() {
            return "benchmark";
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(MESSAGE);
        }

        @Override
        public long getMessageSize() {
            return MESSAGE.length;
        }
    }
}
