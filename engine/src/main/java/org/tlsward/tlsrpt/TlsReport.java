/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A report (RFC 8460 §4.4), ours or somebody else's.
 *
 * @param organization who sends it
 * @param start of the time that it is about
 * @param end the last second of it
 * @param contact who answers for it
 * @param id unique for the sender
 * @param policies the counts
 */
public record TlsReport(
        String organization, Instant start, Instant end, String contact, String id, List<PolicySummary> policies) {

    /** Copies its arguments and cuts what is too long. */
    public TlsReport {
        organization = ReportText.clean(organization, 256);
        contact = ReportText.clean(contact, 512);
        id = ReportText.clean(id, 512);
        policies = List.copyOf(policies);
    }

    /**
     * Our report about a whole day of UTC (RFC 8460 §4.1).
     *
     * @param reporter who we are
     */
    static TlsReport aboutDay(LocalDate day, Reporter reporter, String id, List<PolicySummary> policies) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant next = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new TlsReport(reporter.organization(), start, next.minusSeconds(1), reporter.contact(), id, policies);
    }

    /** The name of its file, for example {@code klinik.example!partner.example!1470013207!1470186007!id.json.gz} (RFC 8460 §5.1). */
    String fileName(Reporter reporter, String domain) {
        String unique = id.replaceAll("@.*", "").replaceAll("[^A-Za-z0-9]", "");
        return String.join(
                "!",
                reporter.domain(),
                domain,
                Long.toString(start.getEpochSecond()),
                Long.toString(end.getEpochSecond()),
                unique + ".json.gz");
    }

    /** How many sessions were good by the policy that they were judged by. */
    public long successful() {
        return policies.stream().mapToLong(PolicySummary::successful).sum();
    }

    /** How many were not. */
    public long failed() {
        return policies.stream().mapToLong(PolicySummary::failed).sum();
    }
}
