/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.files.PrivateFile;

/**
 * Policies on the disk, in a directory that only its owner may look into: one file a domain, {@code DOMAIN.sts}, replaced as a whole, so
 * that a crash leaves the old one or the new one. What cannot be read counts as absent and is told.
 */
final class StsStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(StsStore.class);
    private static final String SUFFIX = ".sts";
    private static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final Map<Path, String> damaged = new ConcurrentHashMap<>();

    StsStore(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Files that count as absent because they cannot be read, with the reason; those that are gone or written anew are not told. */
    Map<Path, String> damaged() {
        damaged.keySet().removeIf(file -> !Files.exists(file));
        return new TreeMap<>(damaged);
    }

    /**
     * Everything that is there and whole.
     *
     * @throws IOException if the directory cannot be used, not if a single file cannot
     */
    Map<String, HeldPolicy> load() throws IOException {
        prepare();
        Map<String, HeldPolicy> all = new LinkedHashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(PrivateFile.UNFINISHED)) {
                Files.deleteIfExists(file); // of a crash
            } else if (name.endsWith(SUFFIX)) {
                String domain = name.substring(0, name.length() - SUFFIX.length());
                read(file, domain).ifPresent(held -> all.put(domain, held));
            }
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private Optional<HeldPolicy> read(Path file, String domain) {
        try {
            return Optional.of(StoredPolicy.decode(domain, Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.warn("{} counts as absent: {}", file, e.toString());
            damaged.put(file, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void prepare() throws IOException {
        PrivateFile.createDirectories(directory);
        if (!Files.getPosixFilePermissions(directory).equals(DIRECTORY_MODE)) {
            Files.setPosixFilePermissions(directory, DIRECTORY_MODE);
        }
    }

    /** When this returns the policy has reached the disk. */
    void save(String domain, HeldPolicy held) throws IOException {
        prepare();
        Path file = file(domain);
        StoredPolicy.FORMAT.setAsideIfNewer(file);
        PrivateFile.replace(file, StoredPolicy.encode(domain, held));
        damaged.remove(file);
    }

    void delete(String domain) throws IOException {
        Files.deleteIfExists(file(domain));
    }

    private Path file(String domain) {
        return directory.resolve(domain + SUFFIX);
    }
}
