/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import javax.mail.Multipart;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.classes.MailboxName;
import org.tlsward.config.TlsReportSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.james.ReportSignatures;
import org.tlsward.james.ReportSignatures.Signed;
import org.tlsward.james.ReportSignatures.Unsigned;
import org.tlsward.james.TlsReportsView;
import org.tlsward.james.Ward;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.tlsrpt.TlsReport;

/**
 * Keeps the TLS reports of others (RFC 8460) that come to the {@code contact} of {@code <tlsrpt>}, for {@code GET
 * /tlsward/api/tls-reports}. The mail goes on, with or without a report in it. Where there is no contact it does nothing.
 *
 * <p>A report counts only if the mail has a valid DKIM signature of the domain that reports (RFC 8460 §3): that of its From field and of
 * the contact in the report, or one above. What has none is ignored, and the log says why. Finding out asks DNS, so it is not done on the
 * thread of the mail; whoever sends many at once loses some.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.CollectTlsReports"/&gt;
 * </code></pre>
 *
 * Never throws and never waits: whatever comes, the pipeline goes on.
 */
public class CollectTlsReports extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(CollectTlsReports.class);

    /** Base64 makes four bytes of three; a header and a text come with it. */
    private static final int LARGEST_MAIL = ReceivedReport.MOST_BYTES * 3 / 2;

    private static final int MOST_PARTS = 20;
    private static final int MOST_REPORTS = 4;
    private static final int DEEPEST = 4;

    /** Each holds a copy of its mail. */
    private static final int MOST_WAITING = 16;

    private final Ward ward;
    private final TlsReportsView reports;
    private final ReportSignatures signatures;
    private final ExecutorService worker;

    /** Guice calls this. */
    @Inject
    public CollectTlsReports(Ward ward, TlsReportsView reports, ReportSignatures signatures) {
        this(
                ward,
                reports,
                signatures,
                new ThreadPoolExecutor(
                        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), CollectTlsReports::daemon));
    }

    CollectTlsReports(Ward ward, TlsReportsView reports, ReportSignatures signatures, ExecutorService worker) {
        this.ward = ward;
        this.reports = reports;
        this.signatures = signatures;
        this.worker = worker;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "tlsrpt-received");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(getMailetConfig(), Set.of());
    }

    @Override
    public void service(Mail mail) {
        try {
            if (isForUs(mail) && mail.getMessageSize() <= LARGEST_MAIL) {
                ByteArrayOutputStream source = new ByteArrayOutputStream();
                mail.getMessage().writeTo(source);
                String name = mail.getName();
                worker.execute(() -> collect(name, source.toByteArray()));
            }
        } catch (RejectedExecutionException e) {
            LOGGER.warn("{} may hold a TLS report that is not kept: too many came at once", mail.getName());
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOGGER.warn("{} may hold a TLS report that cannot be read: {}", mail.getName(), e.toString());
        }
    }

    @Override
    public void destroy() {
        worker.shutdownNow();
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

    private void collect(String name, byte[] source) {
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
            Attachments found = new Attachments();
            found.collect(message, 0);
            if (!found.reports.isEmpty()) {
                store(name, message, source, found.reports);
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOGGER.warn("{} may hold a TLS report that cannot be read: {}", name, e.toString());
        }
    }

    /** RFC 8460 §3: what lacks a valid signature by the reporting domain is ignored. */
    private void store(String name, MimeMessage message, byte[] source, List<byte[]> contents) throws IOException {
        Optional<String> from = from(message);
        if (from.isEmpty()) {
            LOGGER.warn("the TLS report in {} is ignored: it has not one address in From", name);
            return;
        }
        ReportSignatures.Verdict verdict = signatures.of(source);
        if (verdict instanceof Unsigned unsigned) {
            LOGGER.warn("the TLS report in {} from {} is ignored: {}", name, from.get(), unsigned.why());
        } else if (verdict instanceof Signed signed) {
            for (byte[] content : contents) {
                store(content, from.get(), signed);
            }
        }
    }

    private void store(byte[] content, String from, Signed signed) throws IOException {
        ReceivedReport received = ReceivedReport.parse(content);
        if (received instanceof ReceivedReport.Parsed parsed) {
            TlsReport report = parsed.report();
            if (!signed.speaksFor(domain(from)) || !speaksForContact(signed, report.contact())) {
                LOGGER.warn(
                        "the TLS report of {} from {} is ignored: {} has signed it, which does not speak for both",
                        report.contact(),
                        from,
                        signed.domains());
                return;
            }
            LOGGER.info("TLS report of {} from {}: {}", report.organization(), from, reports.store(report, from));
        } else if (received instanceof ReceivedReport.Unreadable unreadable) {
            LOGGER.info("what {} sent as a TLS report cannot be read: {}", from, unreadable.why());
        }
    }

    /** RFC 8460 §5.3: the submitter is the domain of the contact; some name a page of the web there, which is no domain. */
    private static boolean speaksForContact(Signed signed, String contact) {
        return contact.indexOf('@') < 0 || signed.speaksFor(domain(contact));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).strip();
    }

    /** Only if there is exactly one: a signature covers one of several fields (RFC 6376 §8.15). */
    private static Optional<String> from(MimeMessage message) {
        try {
            String[] fields = message.getHeader("From");
            if (fields == null || fields.length != 1) {
                return Optional.empty();
            }
            InternetAddress[] addresses = InternetAddress.parse(fields[0]);
            return addresses.length == 1
                    ? Optional.ofNullable(addresses[0].getAddress()).filter(address -> address.indexOf('@') > 0)
                    : Optional.empty();
        } catch (MessagingException e) {
            return Optional.empty();
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
