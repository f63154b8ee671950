/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.core.healthcheck.ResultStatus;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** While nothing can be written mail is refused; when it can again, it is taken again, without a restart. */
class FullDiskTest {

    @TempDir
    Path directory;

    @Test
    void mailShouldBeRefusedWhileNothingCanBeWritten() throws Exception {
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            queue.enQueue(Fixture.mail("before"));
            queue.enQueue(Fixture.mail("done meanwhile"));
            List<MailQueueItem> items = Fixture.next(queue, 2);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("mails.db"));
                    Statement lock = other.createStatement()) {
                lock.execute("begin immediate");
                assertThatThrownBy(() -> queue.enQueue(Fixture.mail("refused", Fixture.message(300_000))))
                        .isInstanceOf(MailQueueException.class)
                        .hasMessageContaining("cannot enqueue mail refused: cannot write to the mail queue");
                assertThatThrownBy(() -> Mono.from(queue.enqueueReactive(Fixture.mail("refused too")))
                                .block(Duration.ofSeconds(20)))
                        .hasRootCauseInstanceOf(SQLException.class);
                items.get(1).done(CompletionStatus.SUCCESS);
                assertThat(status(factory)).isEqualTo(ResultStatus.UNHEALTHY);
            }
            queue.enQueue(Fixture.mail("after"));
            assertThat(status(factory)).isEqualTo(ResultStatus.HEALTHY);
        }
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            assertThat(Fixture.browse(factory.createQueue(Fixture.SPOOL))).containsExactly("before", "after");
            assertThat(files(directory)).isEmpty();
            assertThat(status(factory)).isEqualTo(ResultStatus.HEALTHY);
        }
    }

    /** The real thing, where this account may mount a small disk. */
    @Test
    void aFullDiskShouldRefuseMailAndRecover() throws Exception {
        // SQLite's library must not be loaded from the disk that is going to be unmounted.
        Fixture.open(directory.resolve("other")).close();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=72m,mode=700", "tmpfs", disk.toString()));
        try {
            List<String> accepted = new ArrayList<>();
            try (DurableMailQueueFactory factory = Fixture.open(disk)) {
                DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
                fillUp(queue, accepted);
                // Others take the rest of the disk.
                Path others = disk.resolve("others");
                fill(others);
                assertThat(status(factory)).isEqualTo(ResultStatus.UNHEALTHY);
                assertThatThrownBy(() -> queue.enQueue(Fixture.mail("large", Fixture.message(2_000_000))))
                        .isInstanceOf(MailQueueException.class);
                assertThat(files(disk)).isEmpty();
                for (MailQueueItem item : Fixture.next(queue, accepted.size() - 10)) {
                    LifecycleUtil.dispose(item.getMail());
                    item.done(CompletionStatus.SUCCESS);
                    accepted.remove(item.getMail().getName());
                }
                assertThatThrownBy(() -> queue.enQueue(Fixture.mail("no room"))).isInstanceOf(MailQueueException.class);
                Files.delete(others);
                Awaitility.await().ignoreExceptions().until(() -> {
                    queue.enQueue(Fixture.mail("room again"));
                    return true;
                });
                accepted.add("room again");
            }
            try (DurableMailQueueFactory factory = Fixture.open(disk)) {
                assertThat(Fixture.browse(factory.createQueue(Fixture.SPOOL))).containsExactlyElementsOf(accepted);
                assertThat(factory.countSetAside()).isZero();
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void fillUp(DurableMailQueue queue, List<String> accepted) throws Exception {
        try {
            for (int i = 0; i < 10_000; i++) {
                queue.enQueue(Fixture.mail("mail" + i, Fixture.message(8_000)));
                accepted.add("mail" + i);
            }
        } catch (MailQueueException e) {
            assertThat(e).hasMessageContaining("less than 64 MB of disk are free");
        }
        assertThat(accepted).hasSizeBetween(100, 1_000);
    }

    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static ResultStatus status(DurableMailQueueFactory factory) {
        return Mono.from(new DurableQueueHealthCheck(factory).check())
                .block(Duration.ofSeconds(20))
                .getStatus();
    }

    private static List<Path> files(Path store) throws Exception {
        try (Stream<Path> files = Files.list(store.resolve("messages"))) {
            return files.toList();
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
