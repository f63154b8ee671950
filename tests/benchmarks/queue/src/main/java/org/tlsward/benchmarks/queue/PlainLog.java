/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * The least that a store of our own could cost: a file that is only appended to and never tidied up. What it does not do
 * (reuse space, read itself again) costs more.
 */
final class PlainLog implements StoreUnderTest {

    private static final int HEADER = 24;

    private final RandomAccessFile file;
    private final Map<Long, Place> places = new ConcurrentHashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private long end;

    private record Place(long at, int length) {}

    PlainLog(Path directory) throws IOException {
        file = new RandomAccessFile(directory.resolve("mails.log").toFile(), "rw");
    }

    @Override
    public void commit(Map<Long, byte[]> added, List<Long> deleted) throws IOException {
        buffer.clear();
        for (Map.Entry<Long, byte[]> entry : added.entrySet()) {
            byte[] mail = entry.getValue();
            append(entry.getKey(), mail);
            places.put(entry.getKey(), new Place(end + buffer.position() - mail.length, mail.length));
        }
        for (long id : deleted) {
            append(-id, new byte[0]);
            places.remove(id);
        }
        synchronized (file) {
            file.seek(end);
            file.write(buffer.array(), 0, buffer.position());
        }
        end += buffer.position();
        file.getFD().sync();
    }

    @Override
    public byte[] read(long id) throws IOException {
        Place place = places.get(id);
        byte[] mail = new byte[place.length()];
        synchronized (file) {
            file.seek(place.at());
            file.readFully(mail);
        }
        return mail;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void append(long id, byte[] mail) {
        if (buffer.remaining() < HEADER + mail.length) {
            ByteBuffer larger = ByteBuffer.allocate(2 * (buffer.capacity() + HEADER + mail.length));
            buffer = larger.put(buffer.flip());
        }
        CRC32C crc = new CRC32C();
        crc.update(mail, 0, mail.length);
        buffer.putLong(id).putLong(mail.length).putLong(crc.getValue()).put(mail);
    }
}
