/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseZipTest {
    private static final Instant DATE = Instant.parse("2027-01-15T00:00:00Z");

    private final TimeZone before = TimeZone.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void reset() {
        TimeZone.setDefault(before);
    }

    @Test
    void sameFilesShouldBeTheSameBytesInEveryTimeZone() throws Exception {
        byte[] first = written("UTC");

        assertThat(written("Pacific/Auckland")).isEqualTo(first);
        assertThat(written("America/New_York")).isEqualTo(first);
    }

    @Test
    void entriesShouldBeSortedWithTheirPermissions() throws Exception {
        written("UTC");

        try (ZipFile zip = ZipFile.builder().setPath(folder.resolve("a.zip")).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
            assertThat(entries)
                    .extracting(ZipArchiveEntry::getName)
                    .containsExactly("tlsward-1.0.0/README.md", "tlsward-1.0.0/bin/tlsward");
            assertThat(entries).extracting(ZipArchiveEntry::getUnixMode).containsExactly(0100644, 0100755);
            assertThat(entries).extracting(ZipArchiveEntry::getTime).containsOnly(DATE.toEpochMilli());
        }
    }

    private byte[] written(String zone) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        var files = new TreeMap<String, PackedFile>();
        files.put("bin/tlsward", new PackedFile(new byte[] {1, 2, 3}, true));
        files.put("README.md", PackedFile.of("read"));
        ReleaseZip.write(folder.resolve("a.zip"), "tlsward-1.0.0", files, DATE);
        return Files.readAllBytes(folder.resolve("a.zip"));
    }
}
