/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.tlsward.mtasts.StrangersPolicies;
import org.tlsward.mtasts.StsFailure;
import org.tlsward.mtasts.StsFetch;
import org.tlsward.mtasts.StsFetch.Failed;
import org.tlsward.mtasts.StsFetch.Fetched;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.mtasts.StsPolicy.Mode;

/** Policy files. */
class StsPolicyFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void policyShouldBeWholeAndSurviveTheDisk(byte[] file) {
        StsFetch fetch = StrangersPolicies.policy(file);
        if (fetch instanceof Fetched fetched) {
            StsPolicy policy = fetched.policy();
            assertThat(policy.mode() == Mode.NONE || !policy.mx().isEmpty()).isTrue();
            assertThat(policy.maxAge().toSeconds()).isBetween(0L, 31_557_600L);
            assertThat(policy.mx()).allMatch(mx -> mx.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*"));
            assertThat(StrangersPolicies.stored(policy)).isEqualTo(policy);
        } else {
            Failed failed = (Failed) fetch;
            assertThat(failed.failure()).isEqualTo(StsFailure.INVALID);
            assertThat(failed.why()).isNotEmpty().hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        }
    }
}
