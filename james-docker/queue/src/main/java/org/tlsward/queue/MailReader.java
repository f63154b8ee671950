/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The reading side of the table of mails: never waits for the writer. */
final class MailReader implements AutoCloseable {

    private final Connection connection;
    // A statement that failed cannot be used again.
    private Optional<PreparedStatement> head = Optional.empty();
    private Optional<PreparedStatement> message = Optional.empty();

    MailReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * The row of a mail without the message.
     *
     * @param intact whether the envelope is what was written
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Head(byte[] envelope, boolean intact, MessageBytes.Place place, long size, long crc) {}

    /** The head of a mail; empty if there is no such mail (any more). */
    synchronized Optional<Head> head(long id) throws IOException {
        try {
            if (head.isEmpty()) {
                head = Optional.of(connection.prepareStatement(
                        "select envelope, envelope_crc, place, size, crc from mail where id = ?"));
            }
            try (ResultSet row = query(head.get(), id)) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            head = Optional.empty();
            throw explained(id, e);
        }
    }

    /** The message in the row, unchecked; empty if there is no such mail (any more). */
    synchronized Optional<byte[]> message(long id) throws IOException {
        try {
            if (message.isEmpty()) {
                message = Optional.of(connection.prepareStatement("select message from mail where id = ?"));
            }
            try (ResultSet row = query(message.get(), id)) {
                return row.next() ? Optional.of(bytes(row, 1)) : Optional.empty();
            }
        } catch (SQLException e) {
            message = Optional.empty();
            throw explained(id, e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    private static ResultSet query(PreparedStatement statement, long id) throws SQLException {
        statement.setLong(1, id);
        return statement.executeQuery();
    }

    private static Head read(ResultSet row) throws SQLException, DamagedMailException {
        byte[] envelope = bytes(row, 1);
        int place = row.getInt(3);
        MessageBytes.Place known = MessageBytes.Place.numbered(place)
                .orElseThrow(() -> new DamagedMailException("unknown place " + place + " of a message"));
        return new Head(envelope, Checksum.of(envelope) == row.getLong(2), known, row.getLong(4), row.getLong(5));
    }

    /** SQLite does not tell an empty blob from none. */
    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    private static IOException explained(long id, SQLException e) {
        String message = "cannot read mail " + id + " of the queue: " + e.getMessage();
        return Sqlite.saysDamaged(e) ? new DamagedMailException(message, e) : new IOException(message, e);
    }
}
