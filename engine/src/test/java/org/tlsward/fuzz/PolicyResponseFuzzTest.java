/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.tlsward.mtasts.StrangersPolicies;

/** What a policy host may send over the line. */
class PolicyResponseFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void bodyShouldKeepToItsLimits(byte[] wire) {
        try {
            assertThat(StrangersPolicies.body(wire)).hasSizeLessThanOrEqualTo(64 * 1024);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        }
    }
}
