/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/** Replaces files that nobody else may read, so that a reader and a crash leave the old one or the new one, never half of it. */
public final class PrivateFile {
    /** How a file is called that was being written when the process died; it can be deleted. */
    public static final String UNFINISHED = ".tmp";

    private PrivateFile() {}

    /** Writes a text in UTF-8; see {@link #replace(Path, byte[])}. */
    public static void replace(Path file, String text) throws IOException {
        replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a file with mode 0600, and with mode 0700 the directories that it needs and that are not there. Written by root for a server
     * that is not root, it belongs to the owner of the file before it, or else of the directory. When this returns, the file and its
     * name have reached the disk.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path directory = createDirectories(file.toAbsolutePath().getParent());
        Path temporary = Files.createTempFile(
                directory, file.getFileName().toString(), UNFINISHED, mode(file.getFileSystem(), "rw-------"));
        try {
            write(temporary, content);
            keepOwner(temporary, Files.exists(file) ? file : directory);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true); // the new name has to survive a crash as well
        }
    }

    /** Makes a directory that only we may look into, with its parents; one that is there stays as it is. */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, mode(directory.getFileSystem(), "rwx------"));
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void keepOwner(Path file, Path model) throws IOException {
        if (hasOwners(file.getFileSystem())) {
            UserPrincipal owner = Files.getOwner(model);
            if (!Files.getOwner(file).equals(owner)) {
                Files.setOwner(file, owner);
            }
        }
    }

    private static FileAttribute<?>[] mode(FileSystem files, String permissions) {
        return hasOwners(files)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasOwners(FileSystem files) {
        return files.supportedFileAttributeViews().contains("posix");
    }
}
