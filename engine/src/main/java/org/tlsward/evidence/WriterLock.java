/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One writer for one directory: two would give two lines the same number. */
final class WriterLock implements AutoCloseable {
    /**
     * Directories that this process writes. Looked at before the file is opened: on POSIX systems, closing any channel to a file takes
     * away every lock that the process has on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private WriterLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws EvidenceUnavailableException if somebody has it
     */
    static WriterLock take(EvidenceDirectory evidence) throws IOException {
        Path directory = evidence.path();
        if (!HELD.add(directory)) {
            throw taken(directory, "this process writes it already");
        }
        boolean locked = false;
        try {
            Path file = directory.resolve("evidence.lock");
            if (Files.notExists(file)) {
                Files.createFile(file, EvidenceDirectory.FILE_MODE);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (tryLock(channel).isEmpty()) {
                channel.close();
                throw taken(directory, "another process writes it");
            }
            locked = true;
            return new WriterLock(directory, channel);
        } finally {
            if (!locked) {
                HELD.remove(directory);
            }
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static EvidenceUnavailableException taken(Path directory, String by) {
        return new EvidenceUnavailableException(
                "evidence in " + directory + " has a writer: " + by + ". Give each server a directory of its own");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
