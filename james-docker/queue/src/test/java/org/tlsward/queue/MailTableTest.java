/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTableTest {

    private static final int FULL = 2;
    private static final int NORMAL = 1;

    @TempDir
    Path path;

    private QueueDirectory directory;
    private Connection connection;
    private MailTable table;

    @BeforeEach
    void open() throws Exception {
        directory = QueueDirectory.open(path);
        QueueDirectory.createFile(directory.database());
        connection = Sqlite.openToWrite(directory);
        table = new MailTable(connection);
    }

    @AfterEach
    void close() throws Exception {
        table.close();
        directory.close();
    }

    /** No test can cut the power; but what SQLite was told when it committed can be seen. */
    @Test
    void changesThatSomebodyWaitsForShouldBeSynced() throws Exception {
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        table.write(List.of(add(1, 100)), true);
        assertThat(pragma("synchronous")).isEqualTo(String.valueOf(FULL));
        table.write(List.of(new Change.Finish(new QueuedMail(1, 0, false), false, new CompletableFuture<>())), false);
        assertThat(pragma("synchronous")).isEqualTo(String.valueOf(NORMAL));
        table.write(List.of(add(2, 100)), true);
        assertThat(pragma("synchronous")).isEqualTo(String.valueOf(FULL));
    }

    @Test
    void aBatchShouldBeWrittenWholeOrNotAtAll() throws Exception {
        table.write(List.of(add(1, 100)), true);

        assertThatThrownBy(() -> table.write(List.of(add(2, 100), add(1, 100)), true))
                .isInstanceOf(SQLException.class);
        try (MailTable again = directory.open()) {
            assertThat(again.load()).extracting(MailTable.Row::id).containsExactly(1L);
        }
    }

    @Test
    void spaceOfABacklogThatIsGoneShouldGoBackToTheDisk() throws Exception {
        table.write(
                LongStream.range(0, 5_000)
                        .mapToObj(id -> (Change) add(id, 4_000))
                        .toList(),
                true);
        table.checkpoint();
        long large = Files.size(directory.database());
        table.write(
                LongStream.range(0, 5_000)
                        .mapToObj(id -> (Change)
                                new Change.Finish(new QueuedMail(id, 0, false), false, new CompletableFuture<>()))
                        .toList(),
                false);
        int steps = 1;
        while (table.shrink(true)) {
            steps++;
        }

        assertThat(steps).isBetween(2, 10);
        assertThat(Files.size(directory.database())).isLessThan(large / 20);
    }

    @Test
    void someFreeSpaceShouldBeKeptForTheNextMails() throws Exception {
        table.write(List.of(add(1, 400_000)), true);
        table.write(List.of(new Change.Finish(new QueuedMail(1, 0, false), false, new CompletableFuture<>())), false);

        assertThat(table.shrink(false)).isFalse();
        assertThat(Long.parseLong(pragma("freelist_count"))).isGreaterThan(90);
    }

    private static Change.Add add(long id, int size) {
        return new Change.Add(
                new StoredMail(
                        id,
                        "spool",
                        0,
                        "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8),
                        MessageBytes.inRow(new byte[size])),
                new CompletableFuture<>());
    }

    private String pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma " + name)) {
            return result.getString(1);
        }
    }
}
