/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The zip of this build and where it was unpacked to.
 *
 * @param zip it
 * @param entries in their order
 * @param folder the one folder in it
 */
record Unpacked(Path zip, List<ZipArchiveEntry> entries, Path folder) {
    static final Path CHECKOUT = Path.of(System.getProperty("tlsward.root"));
    static final String VERSION = System.getProperty("tlsward.version");
    static final Path RELEASE = Path.of("target/release");

    static Unpacked into(Path target) throws IOException {
        String name = "tlsward-" + VERSION;
        Path zip = RELEASE.resolve(name + ".zip");
        List<ZipArchiveEntry> entries = new ArrayList<>();
        try (ZipFile open = ZipFile.builder().setPath(zip).get()) {
            for (ZipArchiveEntry entry : Collections.list(open.getEntriesInPhysicalOrder())) {
                entries.add(entry);
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(open.getInputStream(entry), file);
                String mode = (entry.getUnixMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x";
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            }
        }
        return new Unpacked(zip, entries, target.resolve(name));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Without the folder that all are in. */
    List<String> names() {
        return entries.stream()
                .map(entry -> entry.getName().substring(entry.getName().indexOf('/') + 1))
                .toList();
    }

    List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> each.toString().endsWith(".md")).toList();
        }
    }
}
