/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.tlsward.tlsrpt.ReportUri;
import org.tlsward.tlsrpt.TlsRptRecord;

/** TXT records at {@code _smtp._tls}, one a line. */
class TlsRptRecordFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void recordShouldNameWhereReportsGoAndNothingElse(byte[] zone) {
        List<String> txts = List.of(new String(zone, StandardCharsets.ISO_8859_1).split("\n"));
        Optional<TlsRptRecord> record = TlsRptRecord.parse(txts);

        record.ifPresent(some -> {
            assertThat(some.uris()).hasSizeLessThanOrEqualTo(TlsRptRecord.MOST_URIS);
            assertThat(some.uris()).allSatisfy(TlsRptRecordFuzzTest::check);
        });
    }

    private static void check(ReportUri uri) {
        assertThat(uri.text()).matches("[!-~]+");
        if (uri instanceof ReportUri.Mailto mailto) {
            assertThat(mailto.address()).matches("[!-~]+@[A-Za-z0-9._-]+").doesNotContain("<", ">", ",", "\"");
            // what is stored until tomorrow is the same address then
            assertThat(TlsRptRecord.parse(List.of("v=TLSRPTv1; rua=" + uri.text()))
                            .orElseThrow()
                            .uris())
                    .containsExactly(uri);
        } else if (uri instanceof ReportUri.Https https) {
            assertThat(https.uri().getHost()).isNotBlank();
            assertThat(https.uri().getScheme()).isEqualToIgnoringCase("https");
        }
    }
}
