/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.MailetContext;
import org.tlsward.config.TlsReportSettings.Signing;
import org.tlsward.policy.TlsLimits;
import org.tlsward.tlsrpt.Delivery;
import org.tlsward.tlsrpt.HttpsPost;
import org.tlsward.tlsrpt.ReportMail;
import org.tlsward.tlsrpt.ReportRun;
import org.tlsward.tlsrpt.ReportUri;
import org.tlsward.tlsrpt.Reporter;
import org.tlsward.tlsrpt.TlsReport;

/** Sends reports: mail, signed, by the pipeline of James as any other mail of this server; the rest by HTTPS. */
final class TlsReportOutlet implements ReportRun.Outlet {
    private final Supplier<MailetContext> context;
    private final Supplier<Optional<Signing>> signing;
    private final Postman post;
    private final Clock clock;

    /** Sends a report by HTTPS. */
    interface Postman {
        Delivery send(ReportUri.Https uri, TlsReport report);
    }

    TlsReportOutlet(Supplier<MailetContext> context, Supplier<Optional<Signing>> signing, Postman post, Clock clock) {
        this.context = context;
        this.signing = signing;
        this.post = post;
        this.clock = clock;
    }

    /** One that posts nothing while there is no TLS: a failure of today, which is tried again. */
    static Postman unlessStopped(Supplier<TlsLimits> limits, HttpsPost post) {
        return (uri, report) -> limits.get()
                .off()
                .<Delivery>map(stop -> new Delivery.Failed("emergency: " + stop.told()))
                .orElseGet(() -> post.send(uri, report));
    }

    @Override
    public Delivery send(Reporter reporter, String domain, TlsReport report, ReportUri uri) {
        if (uri instanceof ReportUri.Https https) {
            return post.send(https, report);
        }
        Optional<Signing> key = signing.get();
        if (key.isEmpty()) {
            return new Delivery.Impossible("there is no key to sign it with: <tlsrpt dkimKey> in tlsward.xml");
        }
        ReportMail mail = new ReportMail(report, reporter, domain, (ReportUri.Mailto) uri);
        try {
            submit(mail, new TlsReportSigner(key.get()).sign(mail.message(clock.instant())));
            return new Delivery.Done();
        } catch (IOException | MessagingException e) {
            return new Delivery.Failed(e.toString());
        }
    }

    /** From our contact and not from nobody: what cannot be delivered is told to him, and some servers take nothing else. */
    private void submit(ReportMail report, byte[] signed) throws MessagingException {
        MailAddress recipient = new MailAddress(report.recipient().address());
        MailImpl mail = MailImpl.builder()
                .name("tlsrpt-" + MailImpl.getId())
                .sender(MaybeSender.of(new MailAddress(report.reporter().contact())))
                .addRecipients(List.of(recipient))
                .mimeMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(signed)))
                .build();
        try {
            TlsReportMark.set(mail, recipient);
            context.get().sendMail(mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }
}
