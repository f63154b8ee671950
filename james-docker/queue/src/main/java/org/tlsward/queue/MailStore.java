/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mails of all queues on the disk. What belongs to which queue, and whose turn it is, the queues know. */
final class MailStore implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(MailStore.class);

    private static final String TIGHT = "less than " + QueueDirectory.RESERVE / (1024 * 1024)
            + " MB of disk are free, which are kept for mail on its way out";

    private final QueueDirectory directory;
    private final Clock clock;
    private final MailReader reader;
    private final Committer committer;
    // Emptied by the first who asks.
    private List<MailTable.Row> found;
    private final AtomicLong lastId;

    private MailStore(QueueDirectory directory, Clock clock, DatabaseFile file) throws IOException, SQLException {
        this.directory = directory;
        this.clock = clock;
        MailTable table = file.open();
        this.found = table.load();
        this.lastId =
                new AtomicLong(found.isEmpty() ? 0 : found.get(found.size() - 1).id());
        clearStrayMessages(file.salvaged());
        this.reader = new MailReader(Sqlite.openToRead(directory.database()));
        this.committer = new Committer(table, directory, this::committed);
    }

    /** Opens the store, and makes it if there is none. */
    static MailStore open(Path path, Clock clock) throws IOException {
        QueueDirectory directory = QueueDirectory.open(path);
        try {
            return new MailStore(directory, clock, new DatabaseFile(directory, clock));
        } catch (SQLException e) {
            directory.close();
            throw new IOException("cannot open the mail queue in " + path + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The mails that were there at the start, oldest first; once. */
    List<MailTable.Row> takeFound() {
        List<MailTable.Row> rows = found;
        found = List.of();
        return rows;
    }

    long nextId() {
        return lastId.incrementAndGet();
    }

    /** Takes the message of a mail to come: a small one into the heap, a large one to the disk. */
    MessageBytes take(long id, MimeMessage message) throws IOException, MessagingException {
        if (directory.tight()) {
            committer.submit(new Change.Sync(new CompletableFuture<>()));
            throw new IOException(TIGHT);
        }
        return message == null ? MessageBytes.none() : MessageWriter.write(message, directory.message(id));
    }

    /** Writes a mail; the future completes when it would survive a power cut. */
    CompletableFuture<QueuedMail> add(StoredMail mail) {
        boolean inFile = mail.message().place() == MessageBytes.Place.FILE;
        CompletableFuture<Void> committed = new CompletableFuture<>();
        committer.submit(new Change.Add(mail, committed));
        return committed.handle((nothing, failure) -> {
            if (failure == null) {
                return new QueuedMail(mail.id(), mail.due(), inFile);
            }
            if (inFile) {
                deleteFile(directory.message(mail.id()));
            }
            throw new CompletionException(failure);
        });
    }

    /** Ends a mail, without waiting: a power cut within a second, or a killed process within milliseconds, brings it back. */
    CompletableFuture<Void> finish(QueuedMail mail) {
        mail.finish();
        // A row must never outlive its file, so the one with a file waits for the disk.
        Change.Finish change = new Change.Finish(mail, mail.messageInFile(), new CompletableFuture<>());
        committer.submit(change);
        return change.committed();
    }

    /** Ends a mail; the future completes when it cannot come back. */
    CompletableFuture<Void> finishDurably(QueuedMail mail) {
        mail.finish();
        Change.Finish change = new Change.Finish(mail, true, new CompletableFuture<>());
        committer.submit(change);
        return change.committed();
    }

    CompletableFuture<Void> reschedule(QueuedMail mail, long due) {
        Change.Reschedule change = new Change.Reschedule(mail, due, new CompletableFuture<>());
        committer.submit(change);
        return change.committed();
    }

    /** One reader of the message less. */
    void release(QueuedMail mail) {
        if (mail.release()) {
            committer.submit(new Change.Finish(mail, mail.messageInFile(), new CompletableFuture<>()));
        }
    }

    MailReader reader() {
        return reader;
    }

    Path file(QueuedMail mail) {
        return directory.message(mail.id());
    }

    /** Keeps a mail that its consumer refused, in the folder {@code rejected}. */
    Path keepRejected(String queue, QueuedMail mail) throws IOException {
        return keep(new SetAside(directory.rejected()), queue, mail);
    }

    /** Keeps what can be read of a damaged mail, in the folder {@code damaged}. */
    Path keepDamaged(String queue, QueuedMail mail) throws IOException {
        return keep(new SetAside(directory.damaged()), queue, mail);
    }

    boolean closed() {
        return committer.closed();
    }

    /** Why nothing can be written at the moment, if so. */
    Optional<String> failure() throws IOException {
        return directory.tight() ? Optional.of(TIGHT) : committer.failure();
    }

    long countRejected() throws IOException {
        return new SetAside(directory.rejected()).count();
    }

    long countDamaged() throws IOException {
        return new SetAside(directory.damaged()).count();
    }

    @Override
    public void close() throws IOException {
        committer.close();
        try (directory;
                reader) {
            LOGGER.debug("the mail queue is closed");
        } catch (SQLException e) {
            throw new IOException("cannot close the mail queue: " + e.getMessage(), e);
        }
    }

    private void committed(Change change) {
        if (change instanceof Change.Finish finish
                && finish.mail().messageInFile()
                && finish.mail().gone()) {
            deleteFile(file(finish.mail()));
        }
    }

    private Path keep(SetAside folder, String queue, QueuedMail mail) throws IOException {
        String label = SetAside.label(clock.millis(), queue, mail.id());
        try {
            Optional<MailReader.Head> head = reader.head(mail.id());
            byte[] envelope = head.map(MailReader.Head::envelope).orElse(new byte[0]);
            return folder.keep(label, envelope, head.isPresent() ? asItIs(mail, head.get()) : Optional.empty());
        } catch (DamagedMailException e) {
            return folder.keep(label, e.toString().getBytes(StandardCharsets.UTF_8), Optional.empty());
        }
    }

    /** The message without a check: better a damaged one than none. */
    private Optional<InputStream> asItIs(QueuedMail mail, MailReader.Head head) throws IOException {
        return switch (head.place()) {
            case NOWHERE -> Optional.empty();
            case ROW -> row(mail);
            case FILE -> Files.exists(file(mail)) ? Optional.of(Files.newInputStream(file(mail))) : Optional.empty();
        };
    }

    private Optional<InputStream> row(QueuedMail mail) throws IOException {
        try {
            return reader.message(mail.id()).map(ByteArrayInputStream::new);
        } catch (DamagedMailException e) {
            LOGGER.error("nothing can be read of the message of mail {}", mail.id(), e);
            return Optional.empty();
        }
    }

    /** Files of mails that never were accepted, or that are finished; or that the damaged database knew. */
    private void clearStrayMessages(boolean salvaged) throws IOException {
        Set<Path> known = new HashSet<>();
        found.stream().filter(MailTable.Row::messageInFile).forEach(row -> known.add(directory.message(row.id())));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.messages())) {
            for (Path file : files) {
                if (known.contains(file)) {
                    continue;
                }
                if (salvaged) {
                    Files.move(file, directory.damaged().resolve(clock.millis() + "-" + file.getFileName()));
                } else {
                    Files.delete(file);
                }
            }
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.warn("cannot delete {}; the next start tries again", file, e);
        }
    }
}
