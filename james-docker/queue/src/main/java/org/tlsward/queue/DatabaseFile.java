/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens SQLite's file. One that is broken, by the disk and not by us, is set aside whole, and every mail that can still
 * be read is copied into a new one: a bad page does not stop the mail.
 */
final class DatabaseFile {

    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseFile.class);

    /** SQLite's own suffixes: the file, its log, its index of the log. */
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    private static final String COLUMNS = "id, queue, due, place, size, crc, envelope_crc, envelope, message";

    private final QueueDirectory directory;
    private final Clock clock;
    private boolean salvaged;

    DatabaseFile(QueueDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** The table, ready to write. */
    MailTable open() throws IOException, SQLException {
        create();
        try {
            return check(Sqlite.openToWrite(directory));
        } catch (SQLException e) {
            if (!Sqlite.saysDamaged(e)) {
                throw e;
            }
            return salvage(e);
        }
    }

    /** Whether the file was damaged and is a new one now. */
    boolean salvaged() {
        return salvaged;
    }

    /** With rights for us alone before anything is in it; SQLite gives its other files the same. */
    private void create() throws IOException {
        if (!Files.exists(directory.database())) {
            QueueDirectory.createFile(directory.database());
        }
    }

    /** Walks over every page, so that damage shows now and not in the middle of the night. */
    private static MailTable check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma quick_check(1)")) {
            String verdict = result.getString(1);
            if (!verdict.equals("ok")) {
                throw new SQLiteException(verdict, SQLiteErrorCode.SQLITE_CORRUPT);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new MailTable(connection);
    }

    private MailTable salvage(SQLException cause) throws IOException, SQLException {
        salvaged = true;
        Path damaged = directory.damaged().resolve(clock.millis() + "-mails.db");
        for (String part : PARTS) {
            Path file = sibling(directory.database(), part);
            if (Files.exists(file)) {
                Files.move(file, sibling(damaged, part));
            }
        }
        LOGGER.error(
                "the file of the mail queue is damaged and now in {}; what can be read is taken over", damaged, cause);
        create();
        Connection connection = Sqlite.openToWrite(directory);
        try {
            long copied = copy(damaged, connection);
            LOGGER.error("{} mails were taken over from {}; look there for the others", copied, damaged);
            return new MailTable(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** From the front until it hurts, then from the back. */
    private static long copy(Path damaged, Connection into) throws SQLException {
        long before = count(into);
        try (Connection from = Sqlite.openToRead(damaged);
                PreparedStatement insert = into.prepareStatement(
                        "insert or ignore into mail (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            into.setAutoCommit(false);
            if (!copy(from, "asc", insert)) {
                copy(from, "desc", insert);
            }
            forgetFinished(from, into);
        } catch (SQLException e) {
            if (!Sqlite.saysDamaged(e)) {
                throw e;
            }
            LOGGER.warn("the damaged file cannot be read to its end: {}", e.getMessage());
        }
        into.commit();
        into.setAutoCommit(true);
        return count(into) - before;
    }

    /** Those that were over already, as far as that can be read; a mail too many is better than one too few. */
    private static void forgetFinished(Connection from, Connection into) throws SQLException {
        try (Statement statement = from.createStatement();
                PreparedStatement delete = into.prepareStatement("delete from mail where id = ?");
                ResultSet row = statement.executeQuery("select id from finished")) {
            while (row.next()) {
                delete.setLong(1, row.getLong(1));
                delete.executeUpdate();
            }
        }
    }

    /** Whether the end was reached. */
    private static boolean copy(Connection from, String order, PreparedStatement insert) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet row = statement.executeQuery("select " + COLUMNS + " from mail order by id " + order)) {
            while (row.next()) {
                for (int column = 1; column <= 9; column++) {
                    insert.setObject(column, row.getObject(column));
                }
                insert.executeUpdate();
            }
            return true;
        } catch (SQLException e) {
            if (!Sqlite.saysDamaged(e)) {
                throw e;
            }
            LOGGER.warn("the damaged file ends early, read {}: {}", order, e.getMessage());
            return false;
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from mail")) {
            return result.getLong(1);
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
