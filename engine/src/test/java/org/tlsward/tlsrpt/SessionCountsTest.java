/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.testing.SettableClock;
import org.tlsward.tlsrpt.ObservedSession.Verdict;

class SessionCountsTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-11-22");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock("2026-11-22T23:59:59.999Z");

    @Test
    void daneAndStsShouldBeCountedSideBySide() throws IOException {
        SessionCounts counts = counts();
        PolicyInForce sts = Sessions.sts("partner.example");
        PolicyInForce tlsa = Sessions.tlsa("partner.example");
        FailureDetail mismatch = Sessions.failure(ResultType.TLSA_INVALID, "mx.partner.example");

        for (int i = 0; i < 3; i++) {
            counts.count(new ObservedSession(
                    "Partner.EXAMPLE",
                    List.of(new Verdict(sts, Optional.empty()), new Verdict(tlsa, Optional.of(mismatch)))));
        }
        counts.flush();

        assertThat(stored(FIRST).of("partner.example"))
                .containsExactly(
                        new PolicySummary(sts, 3, 0, List.of()),
                        new PolicySummary(tlsa, 0, 3, List.of(new PolicySummary.CountedFailure(mismatch, 3))));
    }

    @Test
    void midnightOfUtcShouldBeginANewDay() {
        SessionCounts counts = counts();

        counts.count(Sessions.good("partner.example"));
        clock.set("2026-11-23T00:00:00Z");
        counts.count(Sessions.bad("partner.example", ResultType.CERTIFICATE_EXPIRED));
        counts.flush();

        assertThat(new CountStore(directory).days()).containsExactly(FIRST, FIRST.plusDays(1));
        assertThat(stored(FIRST).of("partner.example").get(0).successful()).isEqualTo(1);
        assertThat(stored(FIRST).of("partner.example").get(0).failed()).isZero();
        assertThat(stored(FIRST.plusDays(1)).of("partner.example").get(0).failed())
                .isEqualTo(1);
    }

    @Test
    void whoStartsAgainShouldGoOnCounting() {
        SessionCounts killed = counts();
        killed.count(Sessions.good("partner.example"));
        killed.flush();
        killed.count(Sessions.good("partner.example")); // lost: that is what a kill costs

        SessionCounts restarted = counts();
        restarted.count(Sessions.good("partner.example"));
        restarted.flush();

        assertThat(stored(FIRST).of("partner.example").get(0).successful()).isEqualTo(2);
    }

    @Test
    void damagedFileShouldBeSetAsideAndNotBelieved() throws IOException {
        SessionCounts counts = counts();
        counts.count(Sessions.good("partner.example"));
        counts.flush();
        Path file = directory.resolve("counts-2026-11-22");
        Files.writeString(file, Files.readString(file).replace("count\":1", "count\":9"));

        SessionCounts restarted = counts();
        restarted.count(Sessions.good("partner.example"));
        restarted.flush();

        assertThat(stored(FIRST).of("partner.example").get(0).successful()).isEqualTo(1);
        assertThat(directory.resolve("counts-2026-11-22.damaged")).exists();
        assertThat(new CountStore(directory).days()).containsExactly(FIRST);
    }

    @Test
    void filesShouldBeForNobodyElse() throws IOException {
        SessionCounts counts = counts();
        counts.count(Sessions.good("partner.example"));
        counts.flush();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList()).singleElement().satisfies(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void storeThatCannotWriteShouldShowAndLoseNothing() throws IOException {
        Path blocked = directory.resolve("blocked");
        Files.createFile(blocked);
        SessionCounts counts = new SessionCounts(new CountStore(blocked), clock);
        counts.count(Sessions.good("partner.example"));

        counts.flush();
        assertThat(counts.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("cannot be stored"));

        Files.delete(blocked);
        clock.set("2026-11-23T00:00:01Z");
        counts.flush();
        assertThat(counts.problems()).isEmpty();
        assertThat(new CountStore(blocked).read(FIRST).orElseThrow().domains()).containsExactly("partner.example");
    }

    private SessionCounts counts() {
        return new SessionCounts(new CountStore(directory), clock);
    }

    private DayCounts stored(LocalDate day) {
        return new CountStore(directory).read(day).orElseThrow();
    }
}
