/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a shelf of files. James writes them as the umask says, usually for everybody to read. The directory is closed to others
 * before the first mail lies in it, which is what protects them; the files are closed one by one, for backups that forget directories.
 */
public final class PrivateFiles {
    private static final Logger LOGGER = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private static final List<String> KINDS = List.of(".Repository.FileStreamStore", ".Repository.FileObjectStore");

    private final Path directory;
    private volatile Optional<String> problem = Optional.empty();

    private PrivateFiles(Path directory) {
        this.directory = directory;
    }

    /** Makes a directory, or closes one that is there. */
    public static PrivateFiles in(Path directory) {
        PrivateFiles files = new PrivateFiles(directory);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            LOGGER.warn("{} cannot be made; the repository will say why", directory, e);
        }
        files.close();
        return files;
    }

    /** Closes whatever is open to others. */
    void close() {
        try {
            close(directory, DIRECTORY);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
                for (Path file : files) {
                    close(file, FILE);
                }
            }
            problem = Optional.empty();
        } catch (UnsupportedOperationException e) {
            problem = Optional.empty(); // no such permissions here
        } catch (IOException | RuntimeException e) {
            problem = Optional.of("other users of this machine may read withheld mail, and that cannot be changed: " + e
                    + " (expected: " + directory
                    + " with mode 0700, files with mode 0600, owned by the user of James)");
        }
    }

    /** Closes the files of one mail, as James names them; the sweep of each minute finds whatever else there is. */
    void close(String mail) {
        String base = HexFormat.of().withUpperCase().formatHex(mail.getBytes(Charset.defaultCharset()));
        for (String kind : KINDS) {
            try {
                close(directory.resolve(base + kind), FILE);
            } catch (UnsupportedOperationException e) {
                return; // no such permissions here
            } catch (IOException | RuntimeException e) {
                LOGGER.warn("a file of {} cannot be closed to other users", mail, e);
            }
        }
    }

    private static void close(Path path, Set<PosixFilePermission> allowed) throws IOException {
        try {
            if (!allowed.containsAll(Files.getPosixFilePermissions(path))) {
                Files.setPosixFilePermissions(path, allowed);
            }
        } catch (NoSuchFileException e) {
            // released in this moment
        }
    }

    /** Keeps other servers that share the directory from changing what lies in it. */
    DirectoryLock lock() {
        return new DirectoryLock(directory);
    }

    /** What is wrong with it, since it was closed last. */
    Optional<String> problem() {
        return problem;
    }
}
