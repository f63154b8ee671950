/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.james.TlsReportMark;
import org.tlsward.james.TlsReportService;
import org.tlsward.tlsrpt.ObservedSession;

/** Tells the TLS reports of the sessions of a delivery. */
@Singleton
final class TlsReportSessions {
    private static final Logger LOGGER = LoggerFactory.getLogger(TlsReportSessions.class);

    private final BooleanSupplier wanted;
    private final Consumer<ObservedSession> counts;

    @Inject
    TlsReportSessions(TlsReportService reports) {
        this(reports::isReporting, reports::count);
    }

    /**
     * Without a server.
     *
     * @param wanted false if nobody counts
     */
    TlsReportSessions(BooleanSupplier wanted, Consumer<ObservedSession> counts) {
        this.wanted = wanted;
        this.counts = counts;
    }

    /** Counts every session but those of reports (RFC 8460 §3). Never throws: the mail has gone whatever comes of this. */
    void count(Mail mail, DeliveryReport report) {
        try {
            if (wanted.getAsBoolean() && !TlsReportMark.isOwnReport(mail)) {
                report.attempts().stream()
                        .map(TlsReportSessions::session)
                        .flatMap(Optional::stream)
                        .forEach(counts);
            }
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("the sessions of {} cannot be counted for TLS reports", mail.getName(), e);
        }
    }

    /** A connection that had carried a mail before was counted then. */
    private static Optional<ObservedSession> session(HostAttempt attempt) {
        return attempt.circumstances().reused() ? Optional.empty() : SessionVerdicts.of(attempt);
    }
}
