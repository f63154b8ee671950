/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of the store, for one process at a time and for no other account.
 *
 * <pre>
 * lock         held while a process uses the store
 * mails.db     envelopes and small messages (and SQLite's mails.db-wal, mails.db-shm)
 * messages/    large messages, one file each
 * rejected/    mails that were taken out of a queue without being delivered
 * damaged/     what could not be read
 * native/      SQLite's library, unpacked: /tmp may be mounted noexec
 * </pre>
 */
final class QueueDirectory implements Committer.Opener, AutoCloseable {

    static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * So much of the disk new mail leaves alone. Ending a mail writes, too: without it a full disk could never be emptied
     * by delivering.
     */
    static final long RESERVE = 64L * 1024 * 1024;

    private static final FileAttribute<Set<PosixFilePermission>> OUR_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final FileStore disk;

    private QueueDirectory(Path root, FileChannel lockFile, FileLock lock) throws IOException {
        this.root = root;
        this.disk = Files.getFileStore(root);
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Makes what is missing and takes the lock. */
    static QueueDirectory open(Path root) throws IOException {
        Path directory = root.toAbsolutePath().normalize();
        if (directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        for (Path path : new Path[] {
            directory,
            directory.resolve("messages"),
            directory.resolve("rejected"),
            directory.resolve("damaged"),
            directory.resolve("native")
        }) {
            makeOurs(path);
        }
        FileChannel file = FileChannel.open(
                directory.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                OURS_ALONE);
        return new QueueDirectory(directory, file, take(directory, file));
    }

    @Override
    public MailTable open() throws SQLException {
        return new MailTable(Sqlite.openToWrite(this));
    }

    @Override
    public boolean tight() throws IOException {
        return disk.getUsableSpace() < RESERVE;
    }

    Path database() {
        return root.resolve("mails.db");
    }

    Path messages() {
        return root.resolve("messages");
    }

    /** File of a large message. */
    Path message(long id) {
        return messages().resolve(String.format(Locale.ROOT, "%016x.eml", id));
    }

    Path rejected() {
        return root.resolve("rejected");
    }

    Path damaged() {
        return root.resolve("damaged");
    }

    Path nativeLibrary() {
        return root.resolve("native");
    }

    /** Makes sure that the names in a directory survive a power cut. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path createFile(Path file) throws IOException {
        return Files.createFile(file, OURS_ALONE);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    private static void makeOurs(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OUR_DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static FileLock take(Path directory, FileChannel file) throws IOException {
        Optional<FileLock> lock = tryLock(file);
        if (lock.isEmpty()) {
            String holder = read(file);
            file.close();
            throw new IOException(
                    "the mail queue in " + directory + " is in use by " + holder
                            + ": only one server may use it at a time; stop the other one, or give this one a directory of its own");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return lock.get();
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static String read(FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(64);
        file.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return holder.matches("process \\d+") ? holder : "another process";
    }
}
