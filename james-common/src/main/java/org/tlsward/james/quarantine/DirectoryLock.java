/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one at a time work on the mail of a directory, among all servers that share it: two people who release the same mail on two servers
 * send it once. Whoever dies with the lock in hand has lost it.
 */
final class DirectoryLock {
    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryLock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long NANOS_BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(20);

    /** A lock of a file counts for a whole process: within one, these do. Who has it may take it again. */
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final ReentrantLock here;

    DirectoryLock(Path directory) {
        this.file = directory.toAbsolutePath().normalize().resolve(".tlsward-lock");
        this.here = HERE.computeIfAbsent(file, key -> new ReentrantLock());
    }

    /** Ends with {@link #close()}. */
    final class Held implements AutoCloseable {
        private final Optional<FileChannel> channel;

        private Held(Optional<FileChannel> channel) {
            this.channel = channel;
        }

        @Override
        public void close() {
            try {
                if (channel.isPresent()) {
                    channel.get().close(); // and with it the lock
                }
            } catch (IOException e) {
                LOGGER.warn("{} cannot be closed", file, e);
            } finally {
                here.unlock();
            }
        }
    }

    /**
     * Waits for its turn.
     *
     * @throws IOException if somebody works on it for too long
     */
    Held take() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            if (!here.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            boolean taken = false;
            try {
                Held held = new Held(here.getHoldCount() > 1 ? Optional.empty() : lockFile(end));
                taken = true;
                return held;
            } finally {
                if (!taken) {
                    here.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    /** Empty where the file system has no locks: then a mail may be sent twice, and never be lost. */
    private Optional<FileChannel> lockFile(long end) throws IOException, InterruptedException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.warn("{} cannot be locked against other servers: {}", file, e.toString());
            return Optional.empty();
        }
        boolean locked = false;
        try {
            locked = isLocked(channel, end);
            return locked ? Optional.of(channel) : Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private boolean isLocked(FileChannel channel, long end) throws IOException, InterruptedException {
        Optional<FileLock> lock = Optional.empty();
        while (lock.isEmpty()) {
            try {
                lock = Optional.ofNullable(channel.tryLock());
            } catch (IOException e) {
                LOGGER.warn("{} cannot be locked against other servers: {}", file, e.toString());
                return false;
            }
            if (lock.isEmpty()) {
                if (System.nanoTime() > end) {
                    throw busy();
                }
                TimeUnit.NANOSECONDS.sleep(NANOS_BETWEEN_TRIES);
            }
        }
        return true;
    }

    private IOException busy() {
        return new IOException("somebody else works on the mail in " + file.getParent() + "; please try again");
    }
}
