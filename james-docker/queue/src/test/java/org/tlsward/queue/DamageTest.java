/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** What was written is not what is read: one mail is set aside, the others go on. */
class DamageTest {

    @TempDir
    Path directory;

    @Test
    void aDamagedEnvelopeShouldBeSetAside() throws Exception {
        fill("a", "b", "c");
        sql("update mail set envelope = replace(envelope, 'clinic', 'klinik') where id = 2");

        assertThat(namesLeft(2)).containsExactly("a", "c");
        assertThat(setAside()).hasSize(2).anySatisfy(text -> assertThat(text).contains("klinik"));
    }

    @Test
    void anEnvelopeOfAnotherProgramShouldBeSetAside() throws Exception {
        byte[] unknown = "{\"name\":\"b\",\"attributes\":{\"tlsward.requirement\":{\"serializer\":\"?\",\"value\":1}}}"
                .getBytes(StandardCharsets.UTF_8);
        fill("a", "b", "c");
        sql("update mail set envelope = x'" + HexFormat.of().formatHex(unknown) + "', envelope_crc = "
                + Checksum.of(unknown) + " where id = 2");

        assertThat(namesLeft(2)).containsExactly("a", "c");
        assertThat(setAside()).anySatisfy(text -> assertThat(text).contains("tlsward.requirement"));
    }

    @Test
    void aDamagedMessageShouldBeSetAsideOnceItWasRead() throws Exception {
        fill("a", "b", "c");
        sql("update mail set message = x'00' where id = 2");

        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            MailQueueItem item = Fixture.next(queue, 3).get(1);
            assertThatThrownBy(() -> Fixture.text(item.getMail())).isInstanceOf(DamagedMailException.class);
            item.done(CompletionStatus.RETRY);
            assertThat(queue.getSize()).isEqualTo(2);
        }
        assertThat(setAside()).anySatisfy(text -> assertThat(text).contains("\"name\":\"b\""));
    }

    @Test
    void aDamagedFileShouldBeFoundOutBeforeItsEnd() throws Exception {
        fillOne("large", Fixture.message(400_000));
        Path file = only("messages");
        try (RandomAccessFile raf = new RandomAccessFile(file.toFile(), "rw")) {
            raf.seek(200_000);
            raf.write('#');
        }
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            MailQueueItem item = Fixture.next(queue);
            assertThatThrownBy(() -> Fixture.text(item.getMail())).isInstanceOf(DamagedMailException.class);
            item.done(CompletionStatus.REJECT);
        }
        assertThat(setAside()).hasSize(2).anySatisfy(text -> assertThat(text).hasSizeGreaterThan(390_000));
    }

    @Test
    void aMissingFileShouldBeDamage() throws Exception {
        fillOne("large", Fixture.message(400_000));
        Files.delete(only("messages"));
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            MailQueueItem item = Fixture.next(queue);
            assertThatThrownBy(() -> Fixture.text(item.getMail())).isInstanceOf(IOException.class);
            item.done(CompletionStatus.RETRY);
            assertThat(queue.getSize()).isZero();
        }
        assertThat(setAside()).anySatisfy(text -> assertThat(text).contains("\"name\":\"large\""));
    }

    @Test
    void whatCanBeReadOfADamagedDatabaseShouldBeTakenOver() throws Exception {
        int count = 200;
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            for (int i = 0; i < count; i++) {
                queue.enQueue(Fixture.mail("mail" + i, Fixture.message(6_000)));
            }
            queue.enQueue(Fixture.mail("large", Fixture.message(400_000)));
        }
        Path database = directory.resolve("mails.db");
        try (RandomAccessFile raf = new RandomAccessFile(database.toFile(), "rw")) {
            raf.seek(raf.length() / 2 / 4096 * 4096);
            raf.write(new byte[8192]);
        }
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            List<String> names = Fixture.browse(queue);
            assertThat(names)
                    .contains("mail0", "mail199", "large")
                    .hasSizeBetween(count - 10, count)
                    .doesNotHaveDuplicates();
            queue.enQueue(Fixture.mail("new"));
            assertThat(Fixture.browse(queue)).contains("new");
        }
        assertThat(setAsideFiles())
                .anySatisfy(file -> assertThat(file.toString()).endsWith("-mails.db"));
    }

    @Test
    void aPageThatBreaksWhileTheServerRunsShouldCostOneMail() throws Exception {
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            for (String letter : List.of("a", "b", "c")) {
                factory.createQueue(Fixture.SPOOL).enQueue(Fixture.mail(letter, letter.repeat(30_000)));
            }
        }
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            breakOverflowPageOf('b');
            List<MailQueueItem> items = Fixture.next(queue, 3);
            assertThatThrownBy(() -> Fixture.text(items.get(1).getMail())).isInstanceOf(DamagedMailException.class);
            assertThat(Fixture.text(items.get(2).getMail())).contains("cccc");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("mails.db"));
                    Statement lock = other.createStatement()) {
                // What another connection writes makes the writer forget the good page that it remembers.
                lock.execute("update syncs set count = 0");
                // Keeps the writer busy with the first mail, so that all that follows shares a transaction.
                lock.execute("begin immediate");
                Mono<Void> first =
                        Mono.from(queue.enqueueReactive(Fixture.mail("first"))).cache();
                first.subscribe();
                LifecycleUtil.dispose(items.get(1).getMail());
                items.get(1).done(CompletionStatus.RETRY);
                LifecycleUtil.dispose(items.get(2).getMail());
                items.get(2).done(CompletionStatus.SUCCESS);
                Mono<Void> second =
                        Mono.from(queue.enqueueReactive(Fixture.mail("second"))).cache();
                second.subscribe();
                lock.execute("rollback");
                first.then(second).block(Duration.ofSeconds(20));
            }
            assertThat(queue.getSize()).isEqualTo(3);
        }
        assertThat(setAside()).anySatisfy(text -> assertThat(text).contains("\"name\":\"b\""));
        assertThat(namesLeft(3)).containsExactly("a", "first", "second");
    }

    /**
     * Its first four bytes say where the message goes on, and so does the entry of the next page in page 2, the map of
     * pages: reading stumbles over the one, deleting over the other.
     */
    private void breakOverflowPageOf(char letter) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("mails.db").toFile(), "rw")) {
            byte[] page = new byte[4096];
            for (long at = 0; at < file.length(); at += page.length) {
                file.seek(at);
                file.readFully(page);
                if (page[4] == letter && page[2000] == letter && page[4095] == letter) {
                    file.seek(at);
                    file.writeInt(0x7ffffff0);
                    long next = at / page.length + 2;
                    file.seek(page.length + (next - 3) * 5);
                    file.write(new byte[5]);
                    return;
                }
            }
        }
        throw new AssertionError("no such page");
    }

    @Test
    void aFileThatIsNoDatabaseShouldNotStopTheMail() throws Exception {
        fillOne("large", Fixture.message(400_000));
        Files.write(directory.resolve("mails.db"), new byte[100_000]);
        Files.deleteIfExists(directory.resolve("mails.db-wal"));
        Files.writeString(directory.resolve("mails.db"), "what is this?".repeat(1000));

        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            queue.enQueue(Fixture.mail("new"));
            assertThat(Fixture.browse(queue)).containsExactly("new");
        }
        // Nobody knows any more whose the file of the large message is: a human may.
        assertThat(setAsideFiles())
                .anySatisfy(file -> assertThat(file.toString()).endsWith(".eml"));
    }

    @Test
    void aStoreOfANewerVersionShouldNotBeTouched() throws Exception {
        fill("a");
        sql("pragma user_version = 2");

        assertThatThrownBy(() -> Fixture.open(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown format 2")
                .hasMessageContaining("(expected: 1)");
        sql("pragma user_version = 1");
        assertThat(namesLeft(1)).containsExactly("a");
    }

    @Test
    void aStoreShouldHaveOneUser() throws Exception {
        fill("a");
        try (DurableMailQueueFactory first = Fixture.open(directory)) {
            assertThatThrownBy(() -> Fixture.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("only one server may use it at a time");
            assertThat(first.createQueue(Fixture.SPOOL).getSize()).isEqualTo(1);
        }
        assertThat(namesLeft(1)).containsExactly("a");
    }

    @Test
    void messagesOfMailsThatWereNeverAcceptedShouldBeCleared() throws Exception {
        fill("a");
        Path stray = directory.resolve("messages").resolve("00000000000000ff.eml");
        Files.writeString(stray, "half a mess");

        assertThat(namesLeft(1)).containsExactly("a");
        assertThat(stray).doesNotExist();
    }

    private void fill(String... names) throws Exception {
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            for (String name : names) {
                factory.createQueue(Fixture.SPOOL).enQueue(Fixture.mail(name));
            }
        }
    }

    private void fillOne(String name, String message) throws Exception {
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            factory.createQueue(Fixture.SPOOL).enQueue(Fixture.mail(name, message));
        }
    }

    private List<String> namesLeft(int count) throws Exception {
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            List<String> names = Fixture.names(Fixture.next(queue, count));
            assertThat(queue.getSize()).isEqualTo(count);
            return names;
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("mails.db"));
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private Path only(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private List<Path> setAsideFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("damaged"))) {
            return files.toList();
        }
    }

    private List<String> setAside() throws IOException {
        return setAsideFiles().stream()
                .map(file -> {
                    try {
                        return Files.readString(file, StandardCharsets.ISO_8859_1);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
