/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.testing.StoredSamples;
import org.tlsward.tlsrpt.PolicySummary.CountedFailure;

/** Counts, progress and archive of TLS reports that an earlier release has stored. */
class StoredTlsReportsTest {
    private static final Path STORED = StoredSamples.of("0.1", "tlsrpt");
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path directory;

    private static DayCounts counts() {
        DayCounts counts = new DayCounts(DAY, Map.of(), 3);
        counts.add(Sessions.good("partner.example"));
        counts.add(Sessions.good("partner.example"));
        counts.add(Sessions.bad("partner.example", ResultType.CERTIFICATE_EXPIRED));
        return counts;
    }

    private static ReportProgress progress() {
        ReportTask first = ReportTask.first("partner.example", NOON);
        return new ReportProgress(
                "salt",
                List.of(
                        first,
                        first.to(ReportUri.parse("mailto:tls@partner.example").orElseThrow(), NOON)));
    }

    private static TlsReport report() {
        return TlsReport.aboutDay(
                DAY,
                new Reporter("Partner", "tls@partner.example"),
                "2026-11-22.1@partner.example",
                List.of(new PolicySummary(
                        Sessions.sts("klinik.example"),
                        5,
                        1,
                        List.of(new CountedFailure(
                                Sessions.failure(ResultType.VALIDATION_FAILURE, "mx.klinik.example"), 1)))));
    }

    @Test
    @EnabledIfSystemProperty(named = StoredSamples.MAKE, matches = "write")
    void make() throws IOException {
        Files.createDirectories(STORED);
        new CountStore(STORED).write(DAY, CountStore.encode(counts()));
        new ReportProgress.Store(STORED).write(DAY, progress());
        new ReportArchive(STORED).store(report(), "noreply@partner.example", NOON);
    }

    @BeforeEach
    void copy() throws IOException {
        if (Files.exists(STORED)) {
            StoredSamples.copy(STORED, directory);
        }
    }

    @Test
    void countsShouldBeRead() {
        DayCounts read = new CountStore(directory).read(DAY).orElseThrow();

        assertThat(read.domains()).containsExactly("partner.example");
        assertThat(read.leftOut()).isEqualTo(3);
        assertThat(read.of("partner.example")).isEqualTo(counts().of("partner.example"));
    }

    @Test
    void progressShouldBeRead() {
        assertThat(new ReportProgress.Store(directory).read(DAY)).contains(progress());
    }

    @Test
    void receivedReportsShouldBeRead() {
        ReportArchive archive = new ReportArchive(directory);

        assertThat(archive.list()).singleElement().satisfies(entry -> {
            assertThat(entry.sender()).isEqualTo("noreply@partner.example");
            assertThat(entry.received()).isEqualTo(NOON);
            assertThat(archive.show(entry.id()).orElseThrow().report()).isEqualTo(report());
        });
    }

    @Test
    void newerVersionsShouldBeRefusedAndKept() throws IOException {
        Path counts = directory.resolve("counts-" + DAY);
        StoredSamples.ofNextVersion(counts, "tlsward tlsrpt counts 1", "tlsward tlsrpt counts 2");
        Path progress = directory.resolve("progress-" + DAY);
        StoredSamples.ofNextVersion(progress, "tlsward tlsrpt progress 1", "tlsward tlsrpt progress 2");
        Path received = received();
        StoredSamples.ofNextVersion(received, "tlsward tlsrpt received 1", "tlsward tlsrpt received 2");
        String newer = Files.readString(counts);

        assertThat(new CountStore(directory).read(DAY)).isEmpty();
        assertThat(new ReportProgress.Store(directory).read(DAY)).isEmpty();
        assertThat(new ReportArchive(directory).list()).isEmpty();
        assertThat(List.of(counts, progress, received))
                .allSatisfy(file -> assertThat(file).exists());

        new CountStore(directory).write(DAY, CountStore.encode(counts()));
        assertThat(new CountStore(directory).read(DAY)).isPresent();
        assertThat(directory.resolve("counts-" + DAY + ".newer")).hasContent(newer);
        assertThat(new CountStore(directory).days()).containsExactly(DAY);
    }

    private Path received() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith("received-"))
                    .findFirst();
            return found.orElseThrow();
        }
    }
}
