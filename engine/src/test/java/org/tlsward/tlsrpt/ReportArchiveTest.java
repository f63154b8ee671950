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
        ReportArchive archive = archive();
        for (int i = 0; i < ReportArchive.MOST_A_DAY; i++) {
            archive.store(report("r" + i, 1), "x@partner.example", NOON);
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
        ReportArchive archive = archive();
        TlsReport large = report("0", 2500);
        int size = ReportJson.write(large).length;
        int fit = ReportArchive.MOST_BYTES / size;
        for (int i = 0; i < fit + 3; i++) {
            archive.store(report(Integer.toString(i), 2500), "x@partner.example", NOON.plusSeconds(i));
        }

        assertThat(archive.list()).hasSizeLessThanOrEqualTo(fit);
        assertThat(archive.list().get(0).reportId()).isEqualTo(Integer.toString(fit + 2));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isLessThanOrEqualTo(ReportArchive.MOST_BYTES);
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
