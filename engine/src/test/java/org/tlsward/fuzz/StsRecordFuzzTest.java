/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.tlsward.mtasts.StsRecord;
import org.tlsward.mtasts.StsRecord.Found;
import org.tlsward.mtasts.StsRecord.Unusable;

/** TXT records at {@code _mta-sts}, one a line. */
class StsRecordFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void recordShouldBeOneOrNone(byte[] zone) {
        List<String> txts = Arrays.asList(new String(zone, StandardCharsets.ISO_8859_1).split("\n", -1));
        StsRecord.Reading reading = StsRecord.parse(txts);
        if (reading instanceof Found found) {
            assertThat(found.record().id()).matches("[A-Za-z0-9]{1,32}");
            assertThat(txts).filteredOn(txt -> txt.startsWith("v=STSv1;")).hasSizeLessThanOrEqualTo(1);
            assertThat(txts).anyMatch(txt -> txt.contains("id=" + found.record().id()));
        } else {
            assertThat(((Unusable) reading).why()).isNotEmpty().doesNotContainPattern("\\p{Cntrl}");
        }
    }
}
