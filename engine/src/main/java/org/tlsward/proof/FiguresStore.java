/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.proof.FiguresArchive.Counted;

/**
 * Keeps figures of days that are over. A file that cannot be read or written costs the time to count again, nothing else.
 *
 * @param directory of the files
 */
record FiguresStore(Path directory) {
    private static final Logger LOGGER = LoggerFactory.getLogger(FiguresStore.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is counted, and how: figures of another version are counted again. */
    private static final int VERSION = 2;

    Optional<Counted> read(LocalDate day) {
        Path file = file(day);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode kept = JSON.readTree(file.toFile());
            if (kept.path("version").asInt() != VERSION) {
                return Optional.empty();
            }
            SortedMap<String, Long> counts = new TreeMap<>();
            kept.path("counts")
                    .fields()
                    .forEachRemaining(
                            each -> counts.put(each.getKey(), each.getValue().asLong()));
            return Optional.of(new Counted(
                    kept.path("size").asLong(-1),
                    new DayFigures(counts),
                    kept.path("unreadable").asLong()));
        } catch (IOException e) {
            LOGGER.warn("{} is of no use, the day is counted again", file, e);
            return Optional.empty();
        }
    }

    void write(LocalDate day, Counted counted) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            ObjectNode kept = JSON.createObjectNode()
                    .put("version", VERSION)
                    .put("size", counted.size())
                    .put("unreadable", counted.unreadable());
            ObjectNode counts = kept.putObject("counts");
            counted.figures().counts().forEach(counts::put);
            // Made anew with mode 0600.
            Path unfinished = Files.createTempFile(directory, "figures", ".unfinished");
            Files.write(unfinished, JSON.writeValueAsBytes(kept));
            Files.move(unfinished, file(day), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.warn("the figures of {} cannot be kept and will be counted again", day, e);
        }
    }

    /** Removes the figures of all other days: what retention has removed must not live on here. */
    void keepOnly(Set<LocalDate> days) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Set<String> names = days.stream().map(FiguresStore::name).collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "figures-*.json")) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.warn("figures of days that are gone cannot be removed from {}", directory, e);
        }
    }

    private Path file(LocalDate day) {
        return directory.resolve(name(day));
    }

    private static String name(LocalDate day) {
        return "figures-" + day + ".json";
    }
}
