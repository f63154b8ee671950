/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.tlsward.hops.Hop;
import org.tlsward.hops.HopAudit;
import org.tlsward.hops.HopVerdict;
import org.tlsward.hops.OwnHosts;
import org.tlsward.hops.ReceivedFields;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.IpNetwork;

/** The header of a message, with whatever {@code Received} lines a stranger wrote. */
class ReceivedFuzzTest {
    private static final OwnHosts OWN =
            new OwnHosts(List.of(IpNetwork.parse("10.0.0.0/8")), Set.of("mx.klinik.example"));

    @FuzzTest(maxDuration = "60s")
    void chainShouldBeJudgedWhateverItIs(byte[] header) {
        List<String> bodies = ReceivedFields.in(new String(header, StandardCharsets.ISO_8859_1));

        HopAudit any = HopAudit.of(bodies, OWN, InboundMinimum.ANY);
        HopAudit modern = HopAudit.of(bodies, OWN, InboundMinimum.TLS_1_3);

        assertThat(modern.hops()).hasSizeLessThanOrEqualTo(100);
        assertThat(modern.hops().size() + modern.unread()).isEqualTo(bodies.size());
        assertThat(modern.verdict()).isGreaterThanOrEqualTo(any.verdict());
        assertThat(modern.hops().stream().filter(Hop::trusted).count()).isLessThanOrEqualTo(1);
        assertThat(modern.hops()).allSatisfy(hop -> {
            assertThat(hop.line().from().orElse(""))
                    .hasSizeLessThanOrEqualTo(255)
                    .doesNotContainPattern("\\p{Cntrl}");
            assertThat(hop.line().by().orElse("")).hasSizeLessThanOrEqualTo(255).doesNotContainPattern("\\p{Cntrl}");
            assertThat(hop.line().protocol().orElse(""))
                    .hasSizeLessThanOrEqualTo(255)
                    .doesNotContainPattern("\\p{Cntrl}");
        });
        if (bodies.isEmpty()) {
            assertThat(any.verdict()).isEqualTo(HopVerdict.UNKNOWN);
        }
    }
}
