/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.RecordedOutcome;

class EvidenceArchiveTest {
    private static final LocalDate DAY_2 = LocalDate.of(2026, 11, 23);

    @TempDir
    Path root;

    @Test
    void linesShouldComeInTheOrderOfTheFilesAndSayWhereTheyStand() throws Exception {
        EvidenceArchive archive = writeTwoDays();
        List<ArchivedLine> attempts = read(archive, LocalDate.MIN).stream()
                .filter(line -> line.type().equals("attempt"))
                .toList();
        assertThat(attempts)
                .extracting(line ->
                        ((EvidenceRecord) line.entry().orElseThrow()).mail().recipient())
                .containsExactly("a@partner.example", "b@partner.example");
        LinePlace place = attempts.get(1).place();
        assertThat(place.file()).isEqualTo("evidence-2026-11-23.jsonl");
        assertThat(Files.readAllLines(archive.directory().resolve(place.file())).get((int) place.number() - 1))
                .contains("\"seq\":" + place.sequence() + ",", "b@partner.example");
        assertThat(attempts.get(1).time()).isEqualTo("2026-11-23T00:00:01Z");
    }

    @Test
    void olderFilesShouldBeLeftOut() throws Exception {
        assertThat(read(writeTwoDays(), DAY_2))
                .extracting(line -> line.place().file())
                .containsOnly("evidence-2026-11-23.jsonl");
    }

    @Test
    void whatIsNoEvidenceShouldBeCountedAndLeftOut() throws Exception {
        EvidenceArchive archive = writeTwoDays();
        Path file = archive.days().get(DAY_2);
        long before = read(archive, LocalDate.MIN).size();
        Files.writeString(
                file, "\n{}\n[]\n7\n{\"seq\":1,\"time\":\"soon\",\"type\":\"x\"}\n{\"v\"", StandardOpenOption.APPEND);
        assertThat(read(archive, LocalDate.MIN)).hasSize((int) before);
        // The last one may be under way.
        assertThat(EvidenceArchive.read(file, line -> {}).unreadable()).isEqualTo(5);
    }

    @Test
    void aDirectoryThatIsNotThereShouldHaveNoLines() throws Exception {
        assertThat(read(new EvidenceArchive(root.resolve("nowhere")), LocalDate.MIN))
                .isEmpty();
    }

    private static List<ArchivedLine> read(EvidenceArchive archive, LocalDate from) throws IOException {
        List<ArchivedLine> lines = new ArrayList<>();
        EvidenceArchive.read(archive.files(from, LocalDate.MAX), lines::add);
        return lines;
    }

    private EvidenceArchive writeTwoDays() {
        try (WrittenLog log = new WrittenLog(root.resolve("evidence"), "2026-11-22T12:00:00Z")) {
            log.add(log.delivered(WrittenLog.mail("1", "a@partner.example")).build());
            log.at("2026-11-23T00:00:01Z");
            log.add(log.noTls(WrittenLog.mail("2", "b@partner.example"), RecordedOutcome.DEFERRED)
                    .build());
            return log.archive();
        }
    }
}
