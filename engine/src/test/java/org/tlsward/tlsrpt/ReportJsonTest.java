/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.tlsrpt.PolicySummary.CountedFailure;
import org.tlsward.tlsrpt.ReceivedReport.Parsed;
import org.tlsward.tlsrpt.ReceivedReport.Unreadable;

class ReportJsonTest {
    /** After the example of RFC 8460 Appendix B, from memory. */
    private static final String EXAMPLE =
            """
            {
              "organization-name": "Company-X",
              "date-range": {
                "start-datetime": "2016-04-01T00:00:00Z",
                "end-datetime": "2016-04-01T23:59:59Z"
              },
              "contact-info": "sts-reporting@company-x.example",
              "report-id": "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
              "policies": [{
                "policy": {
                  "policy-type": "sts",
                  "policy-string": ["version: STSv1","mode: testing", "mx: *.mail.company-y.example","max_age: 86400"],
                  "policy-domain": "company-y.example",
                  "mx-host": "*.mail.company-y.example"
                },
                "summary": {
                  "total-successful-session-count": 5326,
                  "total-failure-session-count": 303
                },
                "failure-details": [{
                  "result-type": "certificate-expired",
                  "sending-mta-ip": "2001:db8:abcd:0012::1",
                  "receiving-mx-hostname": "mx1.mail.company-y.example",
                  "failed-session-count": 100
                }, {
                  "result-type": "starttls-not-supported",
                  "sending-mta-ip": "2001:db8:abcd:0013::1",
                  "receiving-mx-hostname": "mx2.mail.company-y.example",
                  "receiving-ip": "203.0.113.56",
                  "failed-session-count": 200,
                  "additional-information": "https://reports.company-x.example/report_info?id=5065427c-23d3#StarttlsNotSupported"
                }, {
                  "result-type": "validation-failure",
                  "sending-mta-ip": "198.51.100.62",
                  "receiving-ip": "203.0.113.58",
                  "receiving-mx-hostname": "mx-backup.mail.company-y.example",
                  "failed-session-count": 3,
                  "failure-reason-code": "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED"
                }]
              }]
            }
            """;

    @Test
    void exampleShouldBeRead() {
        TlsReport report = readable(EXAMPLE);

        assertThat(report.organization()).isEqualTo("Company-X");
        assertThat(report.start()).isEqualTo(Instant.parse("2016-04-01T00:00:00Z"));
        assertThat(report.end()).isEqualTo(Instant.parse("2016-04-01T23:59:59Z"));
        assertThat(report.id()).startsWith("5065427c");
        PolicySummary summary = report.policies().get(0);
        assertThat(summary.policy().type()).isEqualTo("sts");
        assertThat(summary.policy().strings()).hasSize(4);
        assertThat(summary.policy().mxHosts()).containsExactly("*.mail.company-y.example");
        assertThat(summary.successful()).isEqualTo(5326);
        assertThat(summary.failed()).isEqualTo(303);
        assertThat(summary.failures()).extracting(CountedFailure::sessions).containsExactly(100L, 200L, 3L);
        assertThat(summary.failures().get(2).detail().reasonCode()).contains("X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"policy-string\": [\"version: STSv1\",\"mode: testing\", \"mx: *.mail.company-y.example\",\"max_age: 86400\"], | \"policy-string\": \"version: STSv1\",",
                "\"policy-string\": [\"version: STSv1\",\"mode: testing\", \"mx: *.mail.company-y.example\",\"max_age: 86400\"], | \"policy-string\": null,",
                "\"mx-host\": \"*.mail.company-y.example\" | \"mx-host\": [\"*.mail.company-y.example\"]",
                "\"mx-host\": \"*.mail.company-y.example\" | \"mx-host-pattern\": [\"*.mail.company-y.example\"]",
                "5326 | \"5326\"",
                "2016-04-01T00:00:00Z | 2016-04-01T02:00:00+02:00",
                "2016-04-01T00:00:00Z | 2016-04-01T00:00:00.000Z",
                "\"organization-name\": \"Company-X\", | ``",
                "\"contact-info\": \"sts-reporting@company-x.example\", | \"contact-info\": null,",
            })
    void variantsOfOthersShouldBeRead(String from, String to) {
        assertThat(EXAMPLE).contains(from);

        TlsReport report = readable(EXAMPLE.replace(from, to));

        assertThat(report.start()).isEqualTo(Instant.parse("2016-04-01T00:00:00Z"));
        assertThat(report.policies().get(0).successful()).isEqualTo(5326);
        assertThat(report.policies().get(0).policy().mxHosts()).containsExactly("*.mail.company-y.example");
    }

    @Test
    void missingAndNullFailureDetailsShouldBeNone() {
        int from = EXAMPLE.indexOf("\"failure-details\"");
        String before = EXAMPLE.substring(0, from);

        assertThat(readable(before + "\"failure-details\": null}]}")
                        .policies()
                        .get(0)
                        .failures())
                .isEmpty();
        assertThat(readable(before.replaceAll(",\\s*$", "") + "}]}")
                        .policies()
                        .get(0)
                        .failures())
                .isEmpty();
    }

    @Test
    void oursShouldHaveWhatTheRfcHas() {
        TlsReport report = new TlsReport(
                "Klinik",
                Instant.parse("2026-11-22T00:00:00Z"),
                Instant.parse("2026-11-22T23:59:59Z"),
                "tls@klinik.example",
                "id@klinik.example",
                List.of(new PolicySummary(
                        Sessions.sts("partner.example"),
                        2,
                        1,
                        List.of(new CountedFailure(
                                Sessions.failure(ResultType.CERTIFICATE_EXPIRED, "mx.partner.example"), 1)))));

        assertThat(new String(ReportJson.write(report), StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                {"organization-name":"Klinik",\
                "date-range":{"start-datetime":"2026-11-22T00:00:00Z","end-datetime":"2026-11-22T23:59:59Z"},\
                "contact-info":"tls@klinik.example","report-id":"id@klinik.example",\
                "policies":[{"policy":{"policy-type":"sts",\
                "policy-string":["version: STSv1","mode: enforce","mx: *.partner.example","max_age: 604800"],\
                "policy-domain":"partner.example","mx-host":["*.partner.example"]},\
                "summary":{"total-successful-session-count":2,"total-failure-session-count":1},\
                "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1",\
                "receiving-mx-hostname":"mx.partner.example","receiving-ip":"2001:db8::25",\
                "failed-session-count":1,"failure-reason-code":"seen"}]}]}""");
    }

    @Property(tries = 200)
    void whatIsWrittenShouldBeReadAgain(@ForAll("reports") TlsReport report) {
        byte[] json = ReportJson.write(report);

        assertThat(ReceivedReport.parse(json)).isEqualTo(new Parsed(report));
        assertThat(ReceivedReport.parse(Gzip.compress(json))).isEqualTo(new Parsed(report));
    }

    @Property(tries = 300)
    void nothingShouldBeThrown(@ForAll byte[] content) {
        assertThat(ReceivedReport.parse(content)).isInstanceOf(Unreadable.class);
    }

    @Property(tries = 300)
    void damagedReportShouldNotThrow(
            @ForAll("reports") TlsReport report,
            @ForAll @net.jqwik.api.constraints.IntRange(max = 4000) int at,
            @ForAll byte with) {
        byte[] json = ReportJson.write(report);
        json[at % json.length] = with;
        assertThat(ReceivedReport.parse(json)).isNotNull();

        byte[] compressed = Gzip.compress(json);
        compressed[at % compressed.length] = with;
        assertThat(ReceivedReport.parse(compressed)).isNotNull();
    }

    @Provide
    Arbitrary<TlsReport> reports() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(30);
        Arbitrary<Optional<String>> optional = text.optional();
        Arbitrary<FailureDetail> detail = Combinators.combine(text, optional, optional, optional, optional, optional)
                .as((type, a, b, c, d, e) -> new FailureDetail(type, a, b, c, d, e, a));
        Arbitrary<Long> count = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<CountedFailure> failure = Combinators.combine(detail, count).as(CountedFailure::new);
        Arbitrary<PolicyInForce> policy = Combinators.combine(
                        text, text, text.list().ofMaxSize(3), text.list().ofMaxSize(3))
                .as(PolicyInForce::new);
        Arbitrary<PolicySummary> summary = Combinators.combine(
                        policy, count, count, failure.list().ofMaxSize(3))
                .as(PolicySummary::new);
        Arbitrary<Instant> instant =
                Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
        return Combinators.combine(
                        text, instant, instant, text, text, summary.list().ofMaxSize(3))
                .as(TlsReport::new);
    }

    private static TlsReport readable(String json) {
        ReceivedReport report = ReceivedReport.parse(json.getBytes(StandardCharsets.UTF_8));
        assertThat(report).isInstanceOf(Parsed.class);
        return ((Parsed) report).report();
    }
}
