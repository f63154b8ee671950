/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** How we open SQLite's file, and what version of our table is in it. */
final class Sqlite {

    /** Raise it with the schema; an older program then refuses the store instead of misreading it. */
    static final int FORMAT = 1;

    private static final String LIBRARY_DIRECTORY = "org.sqlite.tmpdir";
    private static final int PAGES_BETWEEN_CHECKPOINTS = 4000;
    private static final int LOG_BYTES_KEPT = 64 * 1024 * 1024;

    private Sqlite() {}

    static Connection openToWrite(QueueDirectory directory) throws SQLException {
        useLibraryIn(directory.nativeLibrary());
        return connect(directory.database(), statement -> {
            // Before the journal mode, which writes the first page: later it has no effect.
            statement.execute("pragma auto_vacuum = incremental");
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("pragma temp_store = memory");
            statement.execute("pragma wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
            statement.execute("pragma journal_size_limit = " + LOG_BYTES_KEPT);
            createSchema(directory, statement);
        });
    }

    static Connection openToRead(Path database) throws SQLException {
        return connect(database, statement -> statement.execute("pragma query_only = on"));
    }

    /** Whether the file itself is broken, and not just the disk full or the system in trouble. */
    static boolean saysDamaged(SQLException e) {
        return e instanceof SQLiteException sqlite
                && switch (primary(sqlite.getResultCode())) {
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
                    default -> false;
                };
    }

    /** The extended codes, such as SQLITE_CORRUPT_INDEX, carry the primary one in their low byte. */
    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }

    private static Connection connect(Path database, Preparation preparation) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            preparation.prepare(statement);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** What a fresh connection is told first. */
    private interface Preparation {
        void prepare(Statement statement) throws SQLException;
    }

    private static void useLibraryIn(Path directory) {
        if (System.getProperty(LIBRARY_DIRECTORY) == null) {
            System.setProperty(LIBRARY_DIRECTORY, directory.toString());
        }
    }

    private static void createSchema(QueueDirectory directory, Statement statement) throws SQLException {
        int found = version(statement);
        if (found > FORMAT) {
            throw new UnknownFormatException(directory.database(), found);
        }
        if (found == 0) {
            // One transaction: a process killed here leaves an empty file, and the next one starts anew.
            statement.executeUpdate("begin immediate;"
                    + " create table mail (id integer primary key, queue text not null, due integer not null,"
                    + " place integer not null, size integer not null, crc integer not null,"
                    + " envelope_crc integer not null, envelope blob not null, message blob not null);"
                    + " create table finished (id integer primary key);"
                    + " create table syncs (id integer primary key, count integer not null);"
                    + " insert into syncs values (1, 0);"
                    + " pragma user_version = " + FORMAT + "; commit");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("pragma user_version")) {
            return result.getInt(1);
        }
    }

    /** The store was written by a newer program than this one. */
    static final class UnknownFormatException extends SQLException {
        private static final long serialVersionUID = 1L;

        UnknownFormatException(Path database, int found) {
            super("unknown format " + found + " of the mail queue " + database + " (expected: " + FORMAT
                    + "): it was written by a newer TLS Ward; start that one, or let it deliver what is queued first");
        }
    }
}
