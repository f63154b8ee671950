/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** The same files give the same bytes, whoever packs them, where and when: sorted, with the date of the version and fixed permissions. */
final class ReleaseZip {
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;

    private ReleaseZip() {}

    static void write(Path zip, String folder, SortedMap<String, PackedFile> files, Instant date) throws IOException {
        // A zip knows no time zone: what it says is UTC.
        long time = LocalDateTime.ofInstant(date, ZoneOffset.UTC)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli();
        try (OutputStream out = Files.newOutputStream(zip);
                ZipArchiveOutputStream archive = new ZipArchiveOutputStream(out)) {
            for (Map.Entry<String, PackedFile> each : files.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(folder + '/' + each.getKey());
                entry.setTime(time);
                entry.setUnixMode(each.getValue().executable() ? PROGRAM : FILE);
                archive.putArchiveEntry(entry);
                archive.write(each.getValue().content());
                archive.closeArchiveEntry();
            }
        }
    }
}
