/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A report as a mail (RFC 8460 §5.3): {@code multipart/report} with a text for people and the compressed report. All of it is ASCII with
 * lines of at most 76 characters, so that no server on its way has a reason to change it under its signature.
 *
 * @param report to be sent
 * @param reporter who sends it
 * @param domain that it is about
 * @param recipient one of the addresses that the domain named
 */
public record ReportMail(TlsReport report, Reporter reporter, String domain, ReportUri.Mailto recipient) {
    /** The fields that have to be signed: all that there are. */
    public static final List<String> HEADERS = List.of(
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Auto-Submitted",
            "TLS-Report-Domain",
            "TLS-Report-Submitter");

    /** RFC 5322 §3.3. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    private static final int MOST_LISTED = 20;
    private static final String CRLF = "\r\n";

    /** The message with its line ends, unsigned. */
    public byte[] message(Instant now) {
        String boundary = "=_tlsward_" + StateFiles.sha256(report.id()).substring(0, 24);
        String message = header(now, boundary)
                + CRLF
                + "--" + boundary + CRLF
                + "Content-Type: text/plain; charset=us-ascii" + CRLF
                + "Content-Transfer-Encoding: 7bit" + CRLF
                + CRLF
                + text().replace("\n", CRLF)
                + "--" + boundary + CRLF
                + "Content-Type: application/tlsrpt+gzip" + CRLF
                + "Content-Transfer-Encoding: base64" + CRLF
                + "Content-Disposition: attachment;" + CRLF
                + " filename=\"" + report.fileName(reporter, domain) + "\"" + CRLF
                + CRLF
                + Base64.getMimeEncoder().encodeToString(Gzip.compress(ReportJson.write(report))) + CRLF
                + "--" + boundary + "--" + CRLF;
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    private String header(Instant now, String boundary) {
        String unique = StateFiles.sha256(recipient.text()).substring(0, 8);
        String messageId = report.id().replaceFirst("@", "." + unique + "@");
        return "From: <" + reporter.contact() + ">" + CRLF
                + "To: <" + recipient.address() + ">" + CRLF
                // RFC 8460 §5.3, folded where its ABNF has FWS
                + "Subject: Report Domain: " + domain + CRLF
                + " Submitter: " + reporter.domain() + CRLF
                + " Report-ID: <" + report.id() + ">" + CRLF
                + "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)) + CRLF
                + "Message-ID: <" + messageId + ">" + CRLF
                + "Auto-Submitted: auto-generated" + CRLF // RFC 3834 §5: nobody's auto-responder answers
                + "TLS-Report-Domain: " + domain + CRLF
                + "TLS-Report-Submitter: " + reporter.domain() + CRLF
                + "MIME-Version: 1.0" + CRLF
                + "Content-Type: multipart/report; report-type=\"tlsrpt\";" + CRLF
                + " boundary=\"" + boundary + "\"" + CRLF;
    }

    private String text() {
        LocalDate day = LocalDate.ofInstant(report.start(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder();
        text.append("This is a report about TLS between our mail server and those of\n")
                .append(domain)
                .append("\non ")
                .append(day)
                .append(" (UTC), sent by\n")
                .append(reporter.organization())
                .append("\nbecause a record at ")
                .append(TlsRptRecord.ownerName(domain))
                .append("\nasks for it (RFC 8460). The attached file is for programs.\n\n")
                .append("Sessions that went well: ")
                .append(report.successful())
                .append("\nSessions that failed:    ")
                .append(report.failed())
                .append("\n\n");
        report.policies().stream()
                .flatMap(policy -> policy.failures().stream())
                .limit(MOST_LISTED)
                .forEach(failure -> text.append(failure.sessions())
                        .append(" x ")
                        .append(failure.detail().resultType())
                        .append(failure.detail()
                                .mxHost()
                                .map(host -> " at " + host)
                                .orElse(""))
                        .append("\n"));
        text.append("\nQuestions: ").append(reporter.contact()).append("\n");
        return ascii(text);
    }

    /** Names of international organizations stand in the report itself; lines of strangers do not grow without an end. */
    private static String ascii(CharSequence text) {
        StringBuilder ascii = new StringBuilder();
        for (String line : text.toString().split("\n", -1)) {
            String plain = line.replaceAll("[^\\x20-\\x7E]", "?");
            ascii.append(plain, 0, Math.min(plain.length(), 300)).append('\n');
        }
        return ascii.substring(0, ascii.length() - 1);
    }
}
