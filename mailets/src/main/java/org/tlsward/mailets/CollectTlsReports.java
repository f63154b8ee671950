/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.Multipart;
import javax.mail.Part;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.classes.MailboxName;
import org.tlsward.config.TlsReportSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.james.TlsReportsView;
import org.tlsward.james.Ward;
import org.tlsward.tlsrpt.ReceivedReport;

/**
 * Keeps the TLS reports of others (RFC 8460) that come to the {@code contact} of {@code <tlsrpt>}, for {@code GET
 * /tlsward/api/tls-reports}. The mail goes on, with or without a report in it. Where there is no contact it does nothing.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.CollectTlsReports"/&gt;
 * </code></pre>
 *
 * Never throws: whatever comes, the pipeline goes on.
 */
public class CollectTlsReports extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(CollectTlsReports.class);

    /** Base64 makes four bytes of three; a header and a text come with it. */
    private static final int LARGEST_MAIL = ReceivedReport.MOST_BYTES * 3 / 2;

    private static final int MOST_PARTS = 20;
    private static final int MOST_REPORTS = 4;
    private static final int DEEPEST = 4;

    private final Ward ward;
    private final TlsReportsView reports;

    /** Guice calls this. */
    @Inject
    public CollectTlsReports(Ward ward, TlsReportsView reports) {
        this.ward = ward;
        this.reports = reports;
    }

    @Override
    public void service(Mail mail) {
        try {
            if (isForUs(mail) && mail.getMessageSize() <= LARGEST_MAIL) {
                Attachments found = new Attachments();
                found.collect(mail.getMessage(), 0);
                for (byte[] content : found.reports) {
                    store(content, mail);
                }
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOGGER.warn("{} may hold a TLS report that cannot be read: {}", mail.getName(), e.toString());
        }
    }

    private boolean isForUs(Mail mail) {
        WardConfiguration configuration = ward.current().configuration();
        Optional<MailboxName> contact = configuration.tlsReports().flatMap(TlsReportSettings::contact);
        return contact.isPresent()
                && mail.getRecipients().stream()
                        .map(MailAddress::asString)
                        .map(address -> MailboxName.tryParse(address, configuration.subAddressDelimiters()))
                        .anyMatch(contact::equals);
    }

    private void store(byte[] content, Mail mail) throws IOException {
        String sender = mail.getMaybeSender().asString("<>");
        ReceivedReport received = ReceivedReport.parse(content);
        if (received instanceof ReceivedReport.Parsed parsed) {
            LOGGER.info(
                    "TLS report of {} from {}: {}",
                    parsed.report().organization(),
                    sender,
                    reports.store(parsed.report(), sender));
        } else if (received instanceof ReceivedReport.Unreadable unreadable) {
            LOGGER.info("what {} sent as a TLS report cannot be read: {}", sender, unreadable.why());
        }
    }

    /** What may be a report, by its type or, for those who do not know it, by its name. */
    private static final class Attachments {
        private final List<byte[]> reports = new ArrayList<>();
        private int parts;

        void collect(Part part, int depth) throws MessagingException, IOException {
            if (++parts > MOST_PARTS || depth > DEEPEST || reports.size() >= MOST_REPORTS) {
                return;
            }
            if (isReport(part)) {
                try (InputStream in = part.getInputStream()) {
                    reports.add(in.readNBytes(ReceivedReport.MOST_BYTES + 1));
                }
            } else if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
                for (int i = 0; i < multipart.getCount() && parts <= MOST_PARTS; i++) {
                    collect(multipart.getBodyPart(i), depth + 1);
                }
            }
        }

        private static boolean isReport(Part part) throws MessagingException {
            if (part.isMimeType("application/tlsrpt+gzip") || part.isMimeType("application/tlsrpt+json")) {
                return true;
            }
            String name = Optional.ofNullable(part.getFileName()).orElse("").toLowerCase(Locale.ROOT);
            boolean named = name.endsWith(".json.gz") || name.endsWith(".json");
            return named
                    && (part.isMimeType("application/gzip")
                            || part.isMimeType("application/x-gzip")
                            || part.isMimeType("application/json")
                            || part.isMimeType("application/octet-stream"));
        }
    }

    @Override
    public String getMailetInfo() {
        return "Keeps the TLS reports of others";
    }
}
