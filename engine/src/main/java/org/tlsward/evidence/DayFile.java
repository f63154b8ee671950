/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of one day. On a {@link RandomAccessFile}, because a channel is closed for everybody when one thread that uses it is
 * interrupted.
 */
final class DayFile implements AppendFile {
    private final RandomAccessFile file;

    private DayFile(RandomAccessFile file) {
        this.file = file;
    }

    static DayFile open(Path path) throws IOException {
        if (Files.notExists(path)) {
            Files.createFile(path, EvidenceDirectory.FILE_MODE);
            EvidenceDirectory.syncEntries(path.getParent());
        }
        return new DayFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        file.seek(file.length());
        file.write(bytes);
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void truncate(long length) throws IOException {
        file.setLength(length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
