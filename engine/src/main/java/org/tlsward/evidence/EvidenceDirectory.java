/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the files lie.
 *
 * @param path the directory
 */
record EvidenceDirectory(Path path) {
    static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Pattern DAY_FILE = Pattern.compile("evidence-([0-9]{4}-[0-9]{2}-[0-9]{2})\\.jsonl");
    private static final Pattern TORN_FILE = Pattern.compile("torn-.*\\.pending");

    /** Makes the directory if it is not there; in any case only its owner may look into it. */
    static EvidenceDirectory prepare(Path path) throws IOException {
        Files.createDirectories(path);
        if (!Files.getPosixFilePermissions(path).equals(DIRECTORY_MODE)) {
            Files.setPosixFilePermissions(path, DIRECTORY_MODE);
        }
        return new EvidenceDirectory(path.toRealPath());
    }

    /** The files of evidence, the oldest first. */
    List<Path> dayFiles() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> dayOf(file).isPresent()).sorted().toList();
        }
    }

    Path fileOf(LocalDate day) {
        return path.resolve("evidence-" + day + ".jsonl");
    }

    /** The day that the name of a file tells; empty if it is no file of evidence. */
    static Optional<LocalDate> dayOf(Path file) {
        Matcher name = DAY_FILE.matcher(file.getFileName().toString());
        try {
            return name.matches() ? Optional.of(LocalDate.parse(name.group(1))) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What was cut and is not noted yet. */
    List<Path> pendingCuts() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file ->
                            TORN_FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** What was cut out of the file of that day. */
    List<Path> tornFilesOf(LocalDate day) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().startsWith("torn-" + day + "-"))
                    .toList();
        }
    }

    /** Comes back when new names in the directory are on disk. */
    static void syncEntries(Path directory) throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
