/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.mailet.Mail;
import reactor.core.publisher.Flux;

/** Stores for tests, and what they are asked again and again. */
final class Fixture {

    static final MailQueueName SPOOL = MailQueueName.of("spool");

    private Fixture() {}

    static DurableMailQueueFactory open(Path directory) throws IOException {
        return open(directory, Clock.systemUTC());
    }

    static DurableMailQueueFactory open(Path directory, Clock clock) throws IOException {
        return new DurableMailQueueFactory(directory, surroundings(clock), Duration.ZERO);
    }

    static DurableMailQueue.Surroundings surroundings(Clock clock) {
        return new DurableMailQueue.Surroundings(
                clock, new RawMailQueueItemDecoratorFactory(), new RecordingMetricFactory(), new NoopGaugeRegistry());
    }

    /** A mail whose message is exactly these bytes. */
    static MailImpl mail(String name, String message) throws Exception {
        MailImpl mail = MailImpl.builder()
                .name(name)
                .sender("sender@clinic.example")
                .addRecipient("recipient@partner.example")
                .build();
        mail.setMessageContent(new Bytes(name, message.getBytes(StandardCharsets.ISO_8859_1)));
        return mail;
    }

    static MailImpl mail(String name) throws Exception {
        return mail(name, "Subject: " + name + "\r\n\r\ntext\r\n");
    }

    /** A message of about that many bytes. */
    static String message(int bytes) {
        return "Subject: long\r\n\r\n" + "0123456789abcdef\r\n".repeat(bytes / 18);
    }

    static MailQueueItem next(DurableMailQueue queue) {
        return Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(20));
    }

    static List<MailQueueItem> next(DurableMailQueue queue, int count) {
        return Flux.from(queue.deQueue()).take(count).collectList().block(Duration.ofSeconds(20));
    }

    static List<String> names(List<MailQueueItem> items) {
        return items.stream().map(item -> item.getMail().getName()).collect(Collectors.toList());
    }

    static List<String> browse(DurableMailQueue queue) {
        List<String> names = new ArrayList<>();
        MailQueueIterator mails = queue.browse();
        mails.forEachRemaining(view -> {
            names.add(view.getMail().getName());
            LifecycleUtil.dispose(view);
        });
        return names;
    }

    static String text(Mail mail) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.getMessage().writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** The bytes of a message, as a session of James has them. */
    private static final class Bytes implements MimeMessageSource {

        private final String id;
        private final byte[] bytes;

        Bytes(String id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        @Override
        public String getSourceId() {
            return id;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
