/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The writing side of the table of mails. For one thread at a time, and not to be used after a failure. */
final class MailTable implements AutoCloseable {

    private static final int VACUUM_STEP = 2_000;
    private static final int FREE_PAGES_KEPT = 16_000;

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    // A small row beside: to change the large one would mean to write it again.
    private final PreparedStatement mark;
    private final PreparedStatement unmark;
    private final PreparedStatement reschedule;
    private final PreparedStatement sync;
    private boolean full = true;

    MailTable(Connection connection) throws SQLException {
        this.connection = connection;
        this.begin = connection.prepareStatement("begin immediate");
        this.commit = connection.prepareStatement("commit");
        this.insert = connection.prepareStatement("insert into mail (id, queue, due, place, size, crc,"
                + " envelope_crc, envelope, message) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.delete = connection.prepareStatement("delete from mail where id = ?");
        this.mark = connection.prepareStatement("insert or ignore into finished values (?)");
        this.unmark = connection.prepareStatement("delete from finished where id = ?");
        this.reschedule = connection.prepareStatement("update mail set due = ? where id = ?");
        this.sync = connection.prepareStatement("update syncs set count = count + 1 where id = 1");
    }

    /** What a row says at start, before its envelope is read. */
    record Row(long id, String queue, long due, boolean messageInFile) {}

    /**
     * Writes changes, all or none.
     *
     * @param durable whether the transaction has to survive a power cut; if not, it survives the end of this process
     * @return of the {@link Change.Finish}, those whose row was deleted and not just marked
     */
    List<Change.Finish> write(List<Change> changes, boolean durable) throws SQLException {
        demand(durable);
        begin.execute();
        try {
            List<Change.Finish> deleted = new ArrayList<>();
            for (Change change : changes) {
                apply(change, deleted);
            }
            commit.execute();
            return deleted;
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    /** The mails that wait, oldest first. What was finished is deleted. */
    List<Row> load() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("begin immediate; delete from mail where id in (select id from finished);"
                    + " delete from finished; commit");
            List<Row> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery("select id, queue, due, place from mail order by id")) {
                while (result.next()) {
                    boolean inFile = result.getInt(4) == MessageBytes.Place.FILE.number();
                    rows.add(new Row(result.getLong(1), result.getString(2), result.getLong(3), inFile));
                }
            }
            return rows;
        }
    }

    /**
     * Gives space of a backlog that is gone back to the disk, a little at a time.
     *
     * @param all whether the disk needs every bit of it; if not, some is kept for the next mails
     * @return whether there is more
     */
    boolean shrink(boolean all) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long free = number(statement, "pragma freelist_count");
            if (free > (all ? 0 : FREE_PAGES_KEPT)) {
                statement.executeUpdate("pragma incremental_vacuum(" + VACUUM_STEP + ")");
            }
            if (all) {
                checkpoint();
            }
            return free - VACUUM_STEP > (all ? 0 : FREE_PAGES_KEPT);
        }
    }

    /** Moves everything from SQLite's log into the table, so that the next start has nothing to recover. */
    void checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void demand(boolean durable) throws SQLException {
        if (durable != full) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma synchronous = " + (durable ? "full" : "normal"));
            }
            full = durable;
        }
    }

    private void apply(Change change, List<Change.Finish> deleted) throws SQLException {
        if (change instanceof Change.Add add) {
            insert(add.mail());
        } else if (change instanceof Change.Finish finish) {
            boolean unread = finish.mail().unread();
            long id = finish.mail().id();
            run(unread ? delete : mark, id);
            if (finish.mail().isMarked()) {
                run(unmark, id);
            }
            if (unread) {
                deleted.add(finish);
            }
        } else if (change instanceof Change.Reschedule later) {
            reschedule.setLong(1, later.due());
            reschedule.setLong(2, later.mail().id());
            reschedule.executeUpdate();
        } else {
            sync.executeUpdate();
        }
    }

    private void insert(StoredMail mail) throws SQLException {
        MessageBytes message = mail.message();
        insert.setLong(1, mail.id());
        insert.setString(2, mail.queue());
        insert.setLong(3, mail.due());
        insert.setInt(4, message.place().number());
        insert.setLong(5, message.size());
        insert.setLong(6, message.crc());
        insert.setLong(7, Checksum.of(mail.envelope()));
        insert.setBytes(8, mail.envelope());
        insert.setBytes(9, message.inline());
        insert.executeUpdate();
    }

    private static void run(PreparedStatement statement, long id) throws SQLException {
        statement.setLong(1, id);
        statement.executeUpdate();
    }

    private void rollback(Exception cause) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException e) {
            // After some failures SQLite has rolled back by itself.
            cause.addSuppressed(e);
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }
}
