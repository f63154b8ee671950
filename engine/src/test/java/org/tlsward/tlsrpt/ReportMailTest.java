/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tlsward.tlsrpt.PolicySummary.CountedFailure;

class ReportMailTest {
    private static final Reporter REPORTER = new Reporter("Klinik am Fluß", "tls@klinik.example");
    private static final TlsReport REPORT = TlsReport.aboutDay(
            LocalDate.parse("2026-11-22"),
            REPORTER,
            "2026-11-22.0011@klinik.example",
            List.of(new PolicySummary(
                    Sessions.sts("partner.example"),
                    2,
                    1,
                    List.of(new CountedFailure(
                            Sessions.failure(ResultType.STARTTLS_NOT_SUPPORTED, "mx.partner.example"), 1)))));

    private final String message = new String(
            new ReportMail(REPORT, REPORTER, "partner.example", new ReportUri.Mailto("reports@partner.example"))
                    .message(Instant.parse("2026-11-23T01:02:03Z")),
            StandardCharsets.US_ASCII);

    @Test
    void headerShouldBeThatOfRfc8460() {
        String header = message.substring(0, message.indexOf("\r\n\r\n")).replace("\r\n ", " ");

        assertThat(header.split("\r\n"))
                .contains(
                        "From: <tls@klinik.example>",
                        "To: <reports@partner.example>",
                        "Subject: Report Domain: partner.example Submitter: klinik.example Report-ID: <2026-11-22.0011@klinik.example>",
                        "Date: Mon, 23 Nov 2026 01:02:03 +0000",
                        "Auto-Submitted: auto-generated",
                        "TLS-Report-Domain: partner.example",
                        "TLS-Report-Submitter: klinik.example",
                        "MIME-Version: 1.0");
        assertThat(header).contains("Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=");
        assertThat(Arrays.stream(header.split("\r\n")).map(line -> line.replaceAll(":.*", "")))
                .as("all of it is signed")
                .containsExactlyInAnyOrderElementsOf(ReportMail.HEADERS);
    }

    @Test
    void attachmentShouldBeTheReport() {
        assertThat(message)
                .contains("filename=\"klinik.example!partner.example!1795305600!1795391999!202611220011.json.gz\"");
        Matcher part =
                Pattern.compile("json\\.gz\"\r\n\r\n([A-Za-z0-9+/=\r\n]+)--").matcher(message);
        assertThat(part.find()).isTrue();

        assertThat(ReceivedReport.parse(Base64.getMimeDecoder().decode(part.group(1))))
                .isEqualTo(new ReceivedReport.Parsed(REPORT));
    }

    @Test
    void peopleShouldReadWhatItIs() {
        assertThat(message)
                .contains("Klinik am Flu?\r\n")
                .contains("Sessions that went well: 2\r\n")
                .contains("1 x starttls-not-supported at mx.partner.example\r\n");
    }

    @Test
    void nothingShouldGiveAServerAReasonToChangeIt() {
        assertThat(message)
                .matches("(?s)[\\x20-\\x7E\r\n]*")
                .doesNotContainPattern("[^\r]\n")
                .doesNotContainPattern("\r[^\n]");
        assertThat(message.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
    }
}
