/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.testing.SettableClock;

class EvidenceLinesTest {
    @TempDir
    Path root;

    private Path temp = Path.of("");

    @BeforeEach
    void place() {
        temp = root.resolve("evidence");
    }

    private final SettableClock clock = new SettableClock(Samples.NOON);

    @Test
    void linesShouldComeInTheOrderOfTheFilesAndSayWhereTheyStand() throws Exception {
        writeTwoDays();
        try (Stream<EvidenceLine> lines = EvidenceLines.read(temp)) {
            List<EvidenceLine> attempts =
                    lines.filter(line -> line.type().equals("attempt")).toList();
            assertThat(attempts)
                    .extracting(line -> line.fields().at("/mail/recipient").asText())
                    .containsExactly("a@partner.example", "b@partner.example");
            assertThat(attempts.get(1).file()).isEqualTo("evidence-2026-11-23.jsonl");
            assertThat(Files.readAllLines(temp.resolve(attempts.get(1).file()))
                            .get((int) attempts.get(1).line() - 1))
                    .contains("\"seq\":" + attempts.get(1).sequence() + ",", "b@partner.example");
            assertThat(attempts.get(1).time()).isEqualTo(Samples.NOON);
        }
    }

    @Test
    void olderFilesShouldBeLeftOut() throws Exception {
        writeTwoDays();
        try (Stream<EvidenceLine> lines = EvidenceLines.read(temp, LocalDate.of(2026, 11, 23))) {
            assertThat(lines).extracting(EvidenceLine::file).containsOnly("evidence-2026-11-23.jsonl");
        }
    }

    @Test
    void whatIsNoEvidenceShouldBeLeftOut() throws Exception {
        writeTwoDays();
        Path file = temp.resolve("evidence-2026-11-23.jsonl");
        long before = count();
        Files.writeString(
                file, "\n{}\n[]\n7\n{\"seq\":1,\"time\":\"soon\",\"type\":\"x\"}\n{\"v\"", StandardOpenOption.APPEND);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void aDirectoryThatIsNotThereShouldHaveNoLines() {
        assertThat(EvidenceLines.read(temp.resolve("nowhere"))).isEmpty();
    }

    private long count() {
        try (Stream<EvidenceLine> lines = EvidenceLines.read(temp)) {
            return lines.count();
        }
    }

    private void writeTwoDays() {
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(temp), clock)) {
            log.append(List.of(Samples.delivered("a@partner.example")));
            clock.set("2026-11-23T00:00:01Z");
            log.append(List.of(Samples.delivered("b@partner.example")));
        }
    }
}
