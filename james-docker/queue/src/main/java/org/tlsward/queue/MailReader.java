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
    private final PreparedStatement head;
    private final PreparedStatement message;

    MailReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.head =
                connection.prepareStatement("select envelope, envelope_crc, place, size, crc from mail where id = ?");
        this.message = connection.prepareStatement("select message from mail where id = ?");
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
            head.setLong(1, id);
            try (ResultSet row = head.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw explained(id, e);
        }
    }

    /** The message in the row, unchecked; empty if there is no such mail (any more). */
    synchronized Optional<byte[]> message(long id) throws IOException {
        try {
            message.setLong(1, id);
            try (ResultSet row = message.executeQuery()) {
                return row.next() ? Optional.of(bytes(row, 1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw explained(id, e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    private static Head read(ResultSet row) throws SQLException, DamagedMailException {
        byte[] envelope = bytes(row, 1);
        int place = row.getInt(3);
        if (place < 0 || place >= MessageBytes.Place.values().length) {
            throw new DamagedMailException("unknown place " + place + " of a message");
        }
        return new Head(
                envelope,
                Checksum.of(envelope) == row.getLong(2),
                MessageBytes.Place.values()[place],
                row.getLong(4),
                row.getLong(5));
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
