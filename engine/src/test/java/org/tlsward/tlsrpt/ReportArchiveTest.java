/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.tlsrpt.PolicySummary.CountedFailure;
import org.tlsward.tlsrpt.ReportArchive.Limits;
import org.tlsward.tlsrpt.ReportArchive.Receipt;

class ReportArchiveTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void reportShouldBeThereAfterARestart() throws IOException {
        assertThat(archive().store(report("a", 1), "noreply@partner.example", NOON))
                .isEqualTo(Receipt.STORED);
        assertThat(archive().store(report("b", 1), "noreply@other.example", NOON.plusSeconds(1)))
                .isEqualTo(Receipt.STORED);

        List<ReportArchive.Entry> list = archive().list();
        assertThat(list).extracting(ReportArchive.Entry::reportId).containsExactly("b", "a");
        assertThat(list.get(1).sender()).isEqualTo("noreply@partner.example");
        assertThat(archive().show(list.get(1).id()).orElseThrow().report()).isEqualTo(report("a", 1));
        assertThat(archive().show("../counts-2026-11-22")).isEmpty();
    }

    @Test
    void sameReportShouldBeStoredOnce() throws IOException {
        ReportArchive archive = archive();

        assertThat(archive.store(report("a", 1), "x@partner.example", NOON)).isEqualTo(Receipt.STORED);
        assertThat(archive.store(report("a", 1), "x@partner.example", NOON.plusSeconds(60)))
                .isEqualTo(Receipt.KNOWN);
        assertThat(archive.list()).hasSize(1);
    }

    @Test
    void dayShouldHaveAnEnd() throws IOException {
        ReportArchive archive = new ReportArchive(directory, new Limits(5, 100, 1_000_000, 100_000));
        for (int i = 0; i < 5; i++) {
            assertThat(archive.store(report("r" + i, 1), "x@partner.example", NOON))
                    .isEqualTo(Receipt.STORED);
        }

        assertThat(archive.store(report("one more", 1), "x@partner.example", NOON))
                .isEqualTo(Receipt.TOO_MANY);
        assertThat(archive.store(report("one more", 1), "x@partner.example", NOON.plusSeconds(86_400)))
                .isEqualTo(Receipt.STORED);
    }

    @Test
    void hugeReportShouldNotBeStored() throws IOException {
        assertThat(archive().store(report("huge", 10_000), "x@partner.example", NOON))
                .isEqualTo(Receipt.TOO_LARGE);
        assertThat(archive().list()).isEmpty();
    }

    @Test
    void oldestShouldMakeRoom() throws IOException {
        int size = ReportJson.write(report("0", 100)).length + 500;
        for (Limits limits : List.of(
                new Limits(100, 1000, 7L * size, Integer.MAX_VALUE),
                new Limits(100, 7, Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            for (int i = 0; i < 20; i++) {
                // a new one each time, as after a restart
                new ReportArchive(directory, limits)
                        .store(report(Integer.toString(i), 100), "x@partner.example", NOON.plusSeconds(i));
            }

            assertThat(archive().list())
                    .extracting(ReportArchive.Entry::reportId)
                    .containsExactly("19", "18", "17", "16", "15", "14", "13");
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).hasSize(7);
            }
        }
    }

    private ReportArchive archive() {
        return new ReportArchive(directory);
    }

    private static TlsReport report(String id, int failures) {
        return TlsReport.aboutDay(
                LocalDate.parse("2026-11-22"),
                new Reporter("Partner", "tls@partner.example"),
                id,
                List.of(new PolicySummary(
                        Sessions.sts("klinik.example"),
                        5,
                        failures,
                        IntStream.range(0, failures)
                                .mapToObj(i -> new CountedFailure(
                                        Sessions.failure(ResultType.VALIDATION_FAILURE, "mx" + i + ".klinik.example"),
                                        1))
                                .toList())));
    }
}
