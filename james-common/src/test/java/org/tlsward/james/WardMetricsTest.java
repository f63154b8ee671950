/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.Test;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Reason;

class WardMetricsTest {
    private static final MailIdentity MAIL =
            new MailIdentity("mail", Optional.of("<x@klinik.example>"), "a@klinik.example", "b@partner.example");

    private final RecordingMetricFactory counted = new RecordingMetricFactory();
    private final WardMetrics metrics = new WardMetrics(counted);

    /** Prometheus allows no other characters, and nobody can make more names by sending mail. */
    @Test
    void namesShouldBeSafeAndTellNoAddress() {
        ClassRule odd = new ClassRule("Ärzte & Co. {x}", InboundRule.NOTHING, OutboundRule.NOTHING, Map.of());
        metrics.count(EvidenceRecord.attempt(Instant.EPOCH, MAIL, RecordedOutcome.WITHHELD)
                .demand(Demand.builder().recipientClasses(List.of(odd)).build())
                .tls(new SeenTls("TLSv9 <b@partner.example>", "x", Optional.empty(), List.of(), Optional.empty()))
                .reason(Reason.TLS_NOT_OFFERED)
                .build());

        assertThat(counted.countForPrefixName("").keySet())
                .containsExactlyInAnyOrder(
                        "tlsward_out_withheld",
                        "tlsward_out_withheld_class__rzte___co___x_",
                        "tlsward_out_withheld_tls_other",
                        "tlsward_out_withheld_reason_tls_not_offered",
                        "tlsward_out_withheld_level_" + odd.outbound().level().word())
                .allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    }

    @Test
    void everyReasonShouldBeDocumented() throws Exception {
        String documentation = Files.readString(Path.of("../docs/metrics.md"));
        assertThat(Arrays.stream(Reason.values()).map(MetricNames::reason))
                .allSatisfy(word -> assertThat(documentation).contains("`" + word + "`"));
    }
}
