/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.blob.api.HashBlobId;
import org.apache.james.blob.api.Store;
import org.apache.james.blob.mail.MimeMessagePartsId;
import org.apache.james.queue.api.ManageableMailQueue.DefaultMailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;
import org.apache.james.queue.rabbitmq.EnqueueId;
import org.apache.james.queue.rabbitmq.EnqueuedItem;
import org.apache.james.queue.rabbitmq.MailQueueName;
import org.apache.james.queue.rabbitmq.view.api.DeleteCondition;
import org.apache.james.queue.rabbitmq.view.api.MailQueueView;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What is in a queue, in a directory that all nodes share, in the place of Cassandra. A broker shows nobody what it holds and takes nothing
 * out of the middle: James keeps a list beside it, and a mail that was deleted there is dropped when the broker hands it out.
 *
 * <p>As with Cassandra, a mail counts as there until it is marked as deleted: the broker may be faster than the list.
 */
final class SharedQueueView implements MailQueueView<MailQueueItemView> {
    private final Path entries;
    private final Path deleted;
    private final Store<MimeMessage, MimeMessagePartsId> messages;

    SharedQueueView(Path directory, Store<MimeMessage, MimeMessagePartsId> messages) {
        this.entries = directory.resolve("entries");
        this.deleted = directory.resolve("deleted");
        this.messages = messages;
    }

    /** One mail and where its message is. */
    private record Entry(Path file, EnqueuedItem item) {}

    @Override
    public void initialize(MailQueueName name) {
        try {
            Files.createDirectories(entries);
            Files.createDirectories(deleted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Mono<Void> storeMail(EnqueuedItem item) {
        return blocking(() -> {
            Path part = entries.resolveSibling(UUID.randomUUID() + ".part");
            try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(part))) {
                out.writeUTF(item.getMailQueueName().asString());
                out.writeObject(item.getEnqueuedTime());
                out.writeUTF(item.getPartsId().getHeaderBlobId().asString());
                out.writeUTF(item.getPartsId().getBodyBlobId().asString());
                out.writeObject(own(item.getMail()));
            }
            String name = "%020d-%s"
                    .formatted(
                            ChronoUnit.NANOS.between(Instant.EPOCH, item.getEnqueuedTime()),
                            item.getEnqueueId().asUUID());
            Files.move(part, entries.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            return Optional.<Void>empty();
        });
    }

    private static MailImpl own(Mail mail) {
        try {
            MailImpl copy = MailImpl.duplicate(mail);
            copy.setName(mail.getName());
            return copy;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<T> {
        Optional<T> run() throws IOException;
    }

    private static <T> Mono<T> blocking(Work<T> work) {
        return Mono.fromCallable(work::run)
                .subscribeOn(Schedulers.boundedElastic())
                .handle((result, sink) -> {
                    result.ifPresent(sink::next);
                    sink.complete();
                });
    }

    @Override
    public Mono<Boolean> isPresent(EnqueueId id) {
        return blocking(() -> Optional.of(!isDeleted(id)));
    }

    private boolean isDeleted(EnqueueId id) {
        return Files.exists(deleted.resolve(id.asUUID().toString()));
    }

    @Override
    public Mono<Long> delete(DeleteCondition condition) {
        if (condition instanceof DeleteCondition.WithEnqueueId one) {
            return blocking(() -> {
                        mark(one.getEnqueueId());
                        try (Stream<Path> files = Files.list(entries)) {
                            for (Path file : files.filter(each -> each.toString()
                                            .endsWith(
                                                    one.getEnqueueId().asUUID().toString()))
                                    .toList()) {
                                Files.deleteIfExists(file);
                            }
                        }
                        return Optional.of(1L);
                    })
                    .flatMap(count ->
                            Mono.from(messages.delete(one.getBlobIds())).thenReturn(count));
        }
        return blocking(() -> Optional.of(all()))
                .flatMapIterable(all -> all)
                .filter(entry -> condition.shouldBeDeleted(entry.item()))
                .concatMap(entry -> delete(DeleteCondition.withEnqueueId(
                        entry.item().getEnqueueId(), entry.item().getPartsId())))
                .count();
    }

    private void mark(EnqueueId id) throws IOException {
        Path file = deleted.resolve(id.asUUID().toString());
        if (!Files.exists(file)) {
            Files.write(file, new byte[0]);
        }
    }

    private List<Entry> all() throws IOException {
        try (Stream<Path> files = Files.list(entries)) {
            return files.sorted()
                    .flatMap(file -> read(file).stream())
                    .filter(entry -> !isDeleted(entry.item().getEnqueueId()))
                    .toList();
        }
    }

    /** Empty if somebody has deleted it meanwhile. */
    private static Optional<Entry> read(Path file) {
        String name = file.getFileName().toString();
        HashBlobId.Factory ids = new HashBlobId.Factory();
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            MailQueueName queue = MailQueueName.fromString(in.readUTF());
            Instant time = (Instant) in.readObject();
            MimeMessagePartsId parts = MimeMessagePartsId.builder()
                    .headerBlobId(ids.from(in.readUTF()))
                    .bodyBlobId(ids.from(in.readUTF()))
                    .build();
            MailImpl mail = (MailImpl) in.readObject();
            return Optional.of(new Entry(
                    file,
                    EnqueuedItem.builder()
                            .enqueueId(EnqueueId.ofSerialized(name.substring(name.indexOf('-') + 1)))
                            .mailQueueName(queue)
                            .mail(mail)
                            .enqueuedTime(time)
                            .mimeMessagePartsId(parts)
                            .build()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    @Override
    public MailQueueIterator browse() {
        Iterator<MailQueueItemView> views = browseReactive().toIterable().iterator();
        return new MailQueueIterator() {
            @Override
            public void close() {}

            @Override
            public boolean hasNext() {
                return views.hasNext();
            }

            @Override
            public MailQueueItemView next() {
                return views.next();
            }
        };
    }

    @Override
    public Flux<MailQueueItemView> browseReactive() {
        return browseOlderThanReactive(Instant.MAX);
    }

    @Override
    public Flux<MailQueueItemView> browseOlderThanReactive(Instant olderThan) {
        return blocking(() -> Optional.of(all()))
                .flatMapIterable(all -> all)
                .filter(entry -> entry.item().getEnqueuedTime().isBefore(olderThan))
                .concatMap(entry -> messages.read(entry.item().getPartsId())
                        .<MailQueueItemView>map(message -> view(entry, message))
                        // Taken by somebody meanwhile.
                        .onErrorResume(failure -> Mono.empty()));
    }

    private static MailQueueItemView view(Entry entry, MimeMessage message) {
        try {
            entry.item().getMail().setMessage(message);
            return new DefaultMailQueueItemView(entry.item().getMail());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long getSize() {
        return getSizeReactive().block();
    }

    @Override
    public Mono<Long> getSizeReactive() {
        return blocking(() -> Optional.of((long) all().size()));
    }
}
