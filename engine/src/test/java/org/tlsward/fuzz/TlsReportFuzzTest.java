/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.tlsward.tlsrpt.PolicySummary;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.tlsrpt.TlsReport;

/** A TLS report as anybody may send it: JSON, or JSON compressed as gzip has it. */
class TlsReportFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void reportShouldBeReadOrNot(byte[] content) {
        ReceivedReport received = ReceivedReport.parse(content);

        if (received instanceof ReceivedReport.Parsed parsed) {
            TlsReport report = parsed.report();
            assertThat(report.organization()).hasSizeLessThanOrEqualTo(256);
            assertThat(report.policies()).allSatisfy(policy -> {
                assertThat(policy.successful()).isNotNegative();
                assertThat(policy.failed()).isNotNegative();
                assertThat(policy.failures())
                        .extracting(PolicySummary.CountedFailure::sessions)
                        .allMatch(sessions -> sessions >= 0);
                assertThat(policy.policy().strings())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(4096));
            });
            assertThat(ReceivedReport.parse(ReceivedReport.toJson(report))).isEqualTo(parsed);
        } else {
            assertThat(((ReceivedReport.Unreadable) received).why())
                    .isNotBlank()
                    .hasSizeLessThan(500);
        }
    }
}
