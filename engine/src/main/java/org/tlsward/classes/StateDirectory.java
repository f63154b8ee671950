/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.files.FormatLine;
import org.tlsward.files.PrivateFile;

/**
 * What has to be known after a restart. Every file has a first line that tells what it is, and a last line with the SHA-256 of all before
 * it; it is replaced as a whole, so that a crash leaves the old one or the new one. A file that is damaged all the same counts as absent.
 */
final class StateDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateDirectory.class);
    private static final String CHECKSUM = "sha256 ";

    private final Path directory;

    StateDirectory(Path directory) {
        this.directory = directory;
    }

    /** A name that is the same after a restart and different for every {@code key}. */
    static String nameOf(String prefix, String key) {
        return prefix + "-" + checksum(key).substring(0, 16);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The text that was written last under that name as {@code kind}; empty if there is none, or none that is whole. */
    Optional<String> read(String name, String kind) {
        String text;
        try {
            text = Files.readString(path(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOGGER.warn("{} cannot be read and counts as absent: {}", path(name), e.toString());
            return Optional.empty();
        }
        Optional<String> newer = FormatLine.of(kind).newerThanThis(text);
        if (newer.isPresent()) {
            LOGGER.error("{} counts as absent: {}", path(name), newer.get());
            return Optional.empty();
        }
        int checksum = text.lastIndexOf("\n" + CHECKSUM) + 1;
        String before = text.substring(0, checksum);
        if (checksum == 0
                || !before.startsWith(kind + "\n")
                || !text.substring(checksum).equals(CHECKSUM + checksum(before) + "\n")) {
            LOGGER.warn("{} is damaged and counts as absent (expected: \"{}\" with its checksum)", path(name), kind);
            return Optional.empty();
        }
        return Optional.of(before.substring(kind.length() + 1));
    }

    /** Writes {@code text}, which is empty or ends with a line end; when this returns it has reached the disk. */
    void write(String name, String kind, String text) throws IOException {
        FormatLine.of(kind).setAsideIfNewer(path(name));
        String all = kind + "\n" + text;
        replace(name, all + CHECKSUM + checksum(all) + "\n");
    }

    /** Writes a file without first and last line, for people to look at. */
    void replace(String name, String text) throws IOException {
        PrivateFile.replace(path(name), text);
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            LOGGER.warn("{} cannot be deleted: {}", path(name), e.toString());
        }
    }

    static String checksum(String text) {
        return HexFormat.of().formatHex(MemberFileReader.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
