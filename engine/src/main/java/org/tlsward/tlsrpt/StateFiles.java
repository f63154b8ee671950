/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.files.FormatLine;
import org.tlsward.files.PrivateFile;

/**
 * Files of a directory that only we read. Each has a first line that says what it is and in which version, and a last line with the SHA-256
 * of all before it; it is replaced as a whole, so that a crash leaves the old one or the new one. What is damaged all the same is set aside
 * and counts as absent.
 */
final class StateFiles {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateFiles.class);
    private static final String CHECKSUM = "sha256 ";

    private final Path directory;

    StateFiles(Path directory) {
        this.directory = directory;
    }

    /** The text that was written last under that name as {@code kind}; empty if there is none that is whole. */
    Optional<String> read(String name, String kind) {
        Path path = directory.resolve(name);
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOGGER.warn("{} cannot be read and counts as absent: {}", path, e.toString());
            return Optional.empty();
        }
        Optional<String> newer = FormatLine.of(kind).newerThanThis(text);
        if (newer.isPresent()) {
            LOGGER.error("{} counts as absent and stays where it is: {}", path, newer.get());
            return Optional.empty();
        }
        int checksum = text.lastIndexOf("\n" + CHECKSUM) + 1;
        String before = text.substring(0, checksum);
        if (checksum == 0
                || !before.startsWith(kind + "\n")
                || !text.substring(checksum).equals(CHECKSUM + sha256(before) + "\n")) {
            setAside(path, kind);
            return Optional.empty();
        }
        return Optional.of(before.substring(kind.length() + 1, before.length() - 1));
    }

    private static void setAside(Path path, String kind) {
        LOGGER.error("{} is damaged; it is kept beside its place (expected: \"{}\" with its checksum)", path, kind);
        try {
            Files.move(path, path.resolveSibling(path.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.warn("{} cannot be set aside: {}", path, e.toString());
        }
    }

    /** Writes a text; when this returns it has reached the disk. */
    void write(String name, String kind, String text) throws IOException {
        FormatLine.of(kind).setAsideIfNewer(directory.resolve(name));
        String all = kind + "\n" + text + "\n";
        PrivateFile.replace(directory.resolve(name), all + CHECKSUM + sha256(all) + "\n");
    }

    /** The names of files that begin and end like that, in order; what a crash left behind is not among them. */
    List<String> names(String prefix, String suffix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes a file has; none if it is gone. */
    long size(String name) {
        try {
            return Files.size(directory.resolve(name));
        } catch (IOException e) {
            return 0;
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            LOGGER.warn("{} cannot be deleted: {}", directory.resolve(name), e.toString());
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
