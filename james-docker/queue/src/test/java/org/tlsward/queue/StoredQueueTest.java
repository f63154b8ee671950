/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Mail that an earlier release has queued; one of a newer format is not touched, as {@code DamageTest} shows. */
class StoredQueueTest {
    private static final Path STORED = Path.of("src", "test", "resources", "stored", "0.1", "queue");
    private static final AttributeName REQUIREMENT = AttributeName.of("tlsward.requirement");
    private static final String LARGE = Fixture.message(MessageWriter.LARGE + 1000);

    @TempDir
    Path root;

    private Path directory;

    @Test
    @EnabledIfSystemProperty(named = "tlsward.samples", matches = "write")
    void make() throws Exception {
        Files.createDirectories(STORED.getParent());
        Path made = root.resolve("made");
        try (DurableMailQueueFactory factory = Fixture.open(made)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            MailImpl small = Fixture.mail("small");
            small.setAttribute(new Attribute(REQUIREMENT, AttributeValue.of("v1;encrypted")));
            queue.enQueue(small);
            queue.enQueue(Fixture.mail("large", LARGE));
        }
        copy(made, STORED);
    }

    @BeforeEach
    void copy() throws IOException {
        directory = root.resolve("queue");
        if (Files.exists(STORED)) {
            copy(STORED, directory);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!name.endsWith(".so") && !name.contains("lock")) {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void queuedMailShouldBeRead() throws Exception {
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            List<MailQueueItem> items = Fixture.next(queue, 2);

            assertThat(Fixture.names(items)).containsExactlyInAnyOrder("small", "large");
            for (MailQueueItem item : items) {
                if (item.getMail().getName().equals("small")) {
                    assertThat(Fixture.text(item.getMail())).contains("Subject: small", "text");
                    assertThat(item.getMail().getAttribute(REQUIREMENT).orElseThrow().getValue().getValue())
                            .isEqualTo("v1;encrypted");
                } else {
                    assertThat(Fixture.text(item.getMail())).isEqualTo(LARGE);
                }
                item.done(MailQueueItem.CompletionStatus.SUCCESS);
            }
        }
    }
}
