/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.tlsrpt.ObservedSession.Verdict;

/** Strangers choose names, policies and addresses; none of that may fill our memory, and every session still counts. */
class DayCountsTest {
    private final DayCounts counts = new DayCounts(LocalDate.parse("2026-11-22"));

    @Test
    void domainsShouldHaveAnEnd() {
        for (int i = 0; i < DayCounts.MOST_DOMAINS + 5; i++) {
            counts.add(Sessions.good("d" + i + ".example"));
        }
        counts.add(Sessions.good("d0.example"));

        assertThat(counts.domains()).hasSize(DayCounts.MOST_DOMAINS);
        assertThat(counts.leftOut()).isEqualTo(5);
        assertThat(counts.of("d0.example").get(0).successful()).isEqualTo(2);
    }

    @Test
    void furtherPoliciesShouldBeCountedTogether() {
        for (int i = 0; i < 1000; i++) {
            PolicyInForce policy = PolicyInForce.sts("partner.example", List.of("id " + i), List.of());
            counts.add(new ObservedSession("partner.example", List.of(new Verdict(policy, Optional.empty()))));
        }

        List<PolicySummary> summaries = counts.of("partner.example");
        assertThat(summaries).hasSize(DayCounts.MOST_POLICIES + 1);
        assertThat(summaries.stream().mapToLong(PolicySummary::successful).sum())
                .isEqualTo(1000);
        assertThat(summaries.get(DayCounts.MOST_POLICIES).policy().strings())
                .containsExactly("more policies of this day, counted together");
    }

    @Test
    void furtherFailuresShouldBeCountedTogetherByType() {
        for (int i = 0; i < 1000; i++) {
            FailureDetail failure = Sessions.failure(ResultType.CERTIFICATE_EXPIRED, "mx" + i + ".partner.example");
            counts.add(new ObservedSession(
                    "partner.example", List.of(new Verdict(Sessions.sts("partner.example"), Optional.of(failure)))));
        }

        PolicySummary summary = counts.of("partner.example").get(0);
        assertThat(summary.failed()).isEqualTo(1000);
        assertThat(summary.failures()).hasSize(DayCounts.MOST_FAILURES + 1);
        assertThat(summary.failures().get(DayCounts.MOST_FAILURES).sessions())
                .isEqualTo(1000 - DayCounts.MOST_FAILURES);
        assertThat(summary.failures().get(DayCounts.MOST_FAILURES).detail().mxHost())
                .isEmpty();
    }

    @Test
    void textShouldHaveAnEnd() {
        List<String> lines = java.util.Collections.nCopies(ReportText.MOST_LINES, "x".repeat(ReportText.LONGEST));
        for (int i = 0; i < 100; i++) {
            String domain = "d" + i + ".example";
            counts.add(new ObservedSession(
                    domain, List.of(new Verdict(PolicyInForce.sts(domain, lines, List.of()), Optional.empty()))));
        }

        assertThat(counts.domains()).hasSizeLessThan(25);
        assertThat(counts.leftOut()).isEqualTo(100 - counts.domains().size());
    }

    @Test
    void storedCountsShouldKnowTheirSize() {
        for (int i = 0; i < 1000; i++) {
            counts.add(Sessions.bad("d" + i + ".example", ResultType.VALIDATION_FAILURE));
        }

        java.util.Map<String, List<PolicySummary>> stored = new java.util.TreeMap<>();
        counts.domains().forEach(domain -> stored.put(domain, counts.of(domain)));
        DayCounts again = new DayCounts(counts.day(), stored, 7);

        assertThat(again.textLength()).isEqualTo(counts.textLength());
        assertThat(again.leftOut()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[192.0.2.1]", "", "a..b", "a b.example", "x\r\nBcc: y.example", "x\ty.example"})
    void whatIsNoDomainShouldNotBeCounted(String domain) {
        counts.add(Sessions.good(domain));

        assertThat(counts.domains()).isEmpty();
    }
}
