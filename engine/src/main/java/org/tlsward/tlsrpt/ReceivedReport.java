/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

/** What somebody sent as a report: one that can be read, or not. */
public sealed interface ReceivedReport {
    /** As it came, compressed or not; the largest senders write some hundred kilobytes. */
    int MOST_BYTES = 2 * 1024 * 1024;

    /** Expanded. */
    int MOST_EXPANDED = 16 * 1024 * 1024;

    /**
     * A report.
     *
     * @param report what stands in it, strings cut and cleaned
     */
    record Parsed(TlsReport report) implements ReceivedReport {}

    /**
     * No report.
     *
     * @param why one sentence for people
     */
    record Unreadable(String why) implements ReceivedReport {}

    /**
     * Reads {@code application/tlsrpt+gzip} and {@code application/tlsrpt+json} alike: what it is says its beginning. Bounded in time and
     * memory, and never throws.
     */
    static ReceivedReport parse(byte[] content) {
        if (content.length > MOST_BYTES) {
            return new Unreadable("it has more than " + MOST_BYTES + " bytes");
        }
        try {
            byte[] json = Gzip.isCompressed(content) ? Gzip.expand(content, MOST_EXPANDED) : content;
            return new Parsed(ReportJson.read(BoundedJson.read(json)));
        } catch (UnreadableReportException e) {
            return new Unreadable(e.getMessage());
        }
    }

    /** A report as {@code application/tlsrpt+json}, to be stored or shown. */
    static byte[] toJson(TlsReport report) {
        return ReportJson.write(report);
    }
}
