/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.evidence.EvidenceVerifier.Verification;
import org.tlsward.testing.SettableClock;

/** A log of a hundred thousand lines: one byte anywhere, and a verification in seconds. */
class LongLogTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(LongLogTest.class);
    private static final int DAYS = 4;
    private static final int GROUPS_A_DAY = 50;
    private static final int GROUP = 500;

    @TempDir
    Path root;

    @Test
    void oneByteShouldBeFoundAmongAHundredThousandLines() throws Exception {
        Path directory = root.resolve("evidence");
        List<Path> files = write(directory);
        long began = System.nanoTime();
        Verification sound = EvidenceVerifier.verify(directory, Optional.empty());
        LOGGER.info("{} lines verified in {} ms", sound.lines(), (System.nanoTime() - began) / 1_000_000);
        assertThat(sound.findings()).isEmpty();
        assertThat(sound.lines()).isGreaterThan(100_000);

        for (int file = 0; file < DAYS; file++) {
            Path path = files.get(file);
            long at = Files.size(path) * (2 * file + 1) / (2 * DAYS);
            long line = flip(path, at);
            assertThat(EvidenceVerifier.verify(directory, Optional.empty()).findings())
                    .extracting(Finding::file, Finding::line)
                    .contains(tuple(path.getFileName().toString(), line));
            assertThat(flip(path, at)).isEqualTo(line);
        }
        Path last = files.get(DAYS - 1);
        long length = Files.size(last);
        try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
            file.seek(length);
            file.write(' ');
        }
        assertThat(EvidenceVerifier.verify(directory, Optional.empty()).isSound())
                .isFalse();
        try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
            file.setLength(length);
        }
        assertThat(EvidenceVerifier.verify(directory, Optional.empty()).findings())
                .isEmpty();
    }

    private static List<Path> write(Path directory) throws IOException {
        SettableClock clock = new SettableClock(Samples.NOON);
        List<EvidenceRecord> group = Collections.nCopies(GROUP, Samples.delivered("praxis@partner.example"));
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(directory), clock)) {
            for (int day = 22; day < 22 + DAYS; day++) {
                clock.set("2026-11-" + day + "T12:00:00Z");
                for (int i = 0; i < GROUPS_A_DAY; i++) {
                    log.append(group);
                }
            }
        }
        return new EvidenceDirectory(directory).dayFiles();
    }

    /** Changes the byte there; the number of its line. */
    private static long flip(Path path, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[(int) at] ^= 0x01;
        Files.write(path, bytes);
        return CopiedLog.lineAt(bytes, (int) at);
    }
}
