/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** SQLite with a write-ahead log that is synced with every commit. */
final class SqliteStore implements StoreUnderTest {

    private final Connection writer;
    private final Connection reader;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement select;

    SqliteStore(Path directory) throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("mails.db");
        writer = DriverManager.getConnection(url);
        try (Statement statement = writer.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("create table mail (id integer primary key, mail blob not null)");
        }
        writer.setAutoCommit(false);
        reader = DriverManager.getConnection(url);
        insert = writer.prepareStatement("insert into mail values (?, ?)");
        delete = writer.prepareStatement("delete from mail where id = ?");
        select = reader.prepareStatement("select mail from mail where id = ?");
    }

    @Override
    public void commit(Map<Long, byte[]> added, List<Long> deleted) throws SQLException {
        for (Map.Entry<Long, byte[]> entry : added.entrySet()) {
            insert.setLong(1, entry.getKey());
            insert.setBytes(2, entry.getValue());
            insert.executeUpdate();
        }
        for (long id : deleted) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
        writer.commit();
    }

    @Override
    public synchronized byte[] read(long id) throws SQLException {
        select.setLong(1, id);
        try (ResultSet row = select.executeQuery()) {
            return row.getBytes(1);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
            reader.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
