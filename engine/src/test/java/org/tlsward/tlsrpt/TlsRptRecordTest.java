/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsRptRecordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=TLSRPTv1; rua=mailto:reports@example.com | mailto:reports@example.com",
                "v=TLSRPTv1;rua=mailto:reports@example.com; | mailto:reports@example.com",
                "v=TLSRPTv1 ; rua = mailto:reports@example.com ; | mailto:reports@example.com",
                "v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt | https://reporting.example.com/v1/tlsrpt",
                "v=TLSRPTv1; rua=mailto:a@x.example,https://x.example/r | mailto:a@x.example https://x.example/r",
                "v=TLSRPTv1; rua=mailto:a@x.example , mailto:b@x.example | mailto:a@x.example mailto:b@x.example",
                "v=TLSRPTv1; rua=MAILTO:a@x.example,HTTPS://x.example/ | mailto:a@x.example HTTPS://x.example/",
                // unknown schemes and what makes no sense are left out, the rest counts
                "v=TLSRPTv1; rua=ftp://x.example/,mailto:a@x.example | mailto:a@x.example",
                "v=TLSRPTv1; rua=http://x.example/,mailto:a@x.example | mailto:a@x.example",
                "v=TLSRPTv1; rua=mailto:a@@x.example,mailto:b@x.example | mailto:b@x.example",
                "v=TLSRPTv1; rua=mailto:,https:///x,https://u:p@x.example/,mailto:b@x.example | mailto:b@x.example",
                // extensions are for others
                "v=TLSRPTv1; x-ext=1; rua=mailto:a@x.example; y=2 | mailto:a@x.example",
                // the same twice is one
                "v=TLSRPTv1; rua=mailto:a@x.example,mailto:A@X.example | mailto:a@x.example",
                // percent-encoding is undone for the address and done again for the record
                "v=TLSRPTv1; rua=mailto:a%21b@x.example | mailto:a%21b@x.example",
                "v=TLSRPTv1; rua=mailto:a+b@x.example | mailto:a%2Bb@x.example",
                "v=TLSRPTv1; rua=mailto:a@x.example?subject=x | mailto:a@x.example",
                "v=TLSRPTv1; rua=https://x.example/a%2Cb | https://x.example/a%2Cb",
            })
    void goodRecordShouldBeRead(String txt, String uris) {
        assertThat(TlsRptRecord.parse(List.of(txt, "v=spf1 -all")).orElseThrow().uris())
                .extracting(ReportUri::text)
                .containsExactly(uris.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=TLSRPTv1",
                "v=TLSRPTv1;",
                "v=TLSRPTv1 rua=mailto:a@x.example",
                "v=TLSRPTv2; rua=mailto:a@x.example",
                "v=TLSRPTv1x; rua=mailto:a@x.example",
                "v=tlsrptv1; rua=mailto:a@x.example",
                "V=TLSRPTv1; rua=mailto:a@x.example",
                " v=TLSRPTv1; rua=mailto:a@x.example",
                "rua=mailto:a@x.example; v=TLSRPTv1",
                "v=TLSRPTv1; RUA=mailto:a@x.example",
                "v=TLSRPTv1; rua=",
                "v=TLSRPTv1; rua",
                "v=TLSRPTv1; =mailto:a@x.example",
                "v=TLSRPTv1;; rua=mailto:a@x.example",
                "v=TLSRPTv1; rua=mailto:a@x.example; rua=mailto:b@x.example",
                "v=TLSRPTv1; rua=mailto:a@x.example; -x=1",
                "v=TLSRPTv1; rua=mailto:\u00e4@x.example",
            })
    void badRecordShouldBeNone(String txt) {
        assertThat(TlsRptRecord.parse(List.of(txt))).isEmpty();
    }

    @Test
    void twoRecordsShouldBeNone() {
        String one = "v=TLSRPTv1; rua=mailto:a@x.example";

        assertThat(TlsRptRecord.parse(List.of(one))).isPresent();
        assertThat(TlsRptRecord.parse(List.of(one, one))).isEmpty();
        assertThat(TlsRptRecord.parse(List.of(one, "v=TLSRPTv1;"))).isEmpty();
    }

    @Test
    void recordShouldNotMakeUsWriteToThousands() {
        String many = String.join(
                ",",
                IntStream.range(0, 500)
                        .mapToObj(i -> "mailto:a" + i + "@x.example")
                        .toList());

        assertThat(TlsRptRecord.parse(List.of("v=TLSRPTv1; rua=" + many))
                        .orElseThrow()
                        .uris())
                .hasSize(TlsRptRecord.MOST_URIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a%0d%0aBcc:b@x.example", "mailto:a%20b@x.example", "mailto:%22a%22@x.example"})
    void addressShouldNeverHoldWhatBreaksAHeader(String uri) {
        assertThat(ReportUri.parse(uri)).isEmpty();
    }
}
