/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.explain.Language;
import org.tlsward.policy.Reason;

class ReportsTest {
    private static final MailIdentity MAIL = WrittenLog.mail("1", "praxis@partner.example");

    @TempDir
    Path temp;

    @Test
    void aPartnerShouldLearnWhatIsLackingAndNoName() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            log.add(log.noTls(MAIL, RecordedOutcome.DEFERRED).build());
            log.at("2026-11-22T12:00:00Z");
            log.add(log.noTls(MAIL, RecordedOutcome.WITHHELD).build());
            MailIdentity second = WrittenLog.mail("2", "praxis@partner.example");
            log.add(log.delivered(second, "chain-valid").build());
            MailIdentity third = WrittenLog.mail("3", "praxis@partner.example");
            log.add(EvidenceRecord.attempt(log.now(), third, RecordedOutcome.WITHHELD)
                    .peer(WrittenLog.host(MAIL))
                    .reason(Reason.CONFIGURATION_ERROR)
                    .build());
            PartnerReport english = report(log, Language.EN);
            assertThat(english.subject())
                    .isEqualTo("Encryption of the mail servers of partner.example: what our mail server saw");
            assertThat(english.text())
                    .contains(
                            "From 2026-11-01 to 2026-11-30 (UTC) it made 4 connections to your mail servers on 2 days:\n"
                                    + "  TLSv1.3: 1\n  without encryption: 3\n",
                            "1. mx.partner.example does not offer STARTTLS, or refuses it (seen 2 times, first on"
                                    + " 2026-11-20, last on 2026-11-22). Please enable STARTTLS on port 25, with TLS 1.2 or"
                                    + " newer. [tls-not-offered]",
                            "withheld 2 mails and let mails wait 1 times")
                    .doesNotContain("praxis@", "klinik.example", "configuration-error");
            assertThat(report(log, Language.DE).text()).contains("An den Postmaster von partner.example", "zuletzt am");
        }
    }

    @Test
    void aPartnerOfWhomNothingIsKnownShouldGetNoAccusation() {
        PartnerReport report = PartnerReport.of(
                "zwei.example",
                Optional.empty(),
                LocalDate.parse("2026-11-01"),
                LocalDate.parse("2026-11-30"),
                Language.EN);
        assertThat(report.text()).contains("made no connection").doesNotContain("lack");
    }

    @Test
    void aPartnerWithoutFaultsShouldBeThanked() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            log.add(log.delivered(MAIL, "dane").build());
            assertThat(report(log, Language.EN).text())
                    .contains("Nothing was wrong")
                    .doesNotContain("lack");
        }
    }

    private static PartnerReport report(WrittenLog log, Language language) throws Exception {
        PartnerSessions seen =
                new PartnerSessions(Instant.parse("2026-11-01T00:00:00Z"), Optional.of("partner.example"));
        log.read(seen);
        return PartnerReport.of(
                "partner.example",
                Optional.ofNullable(seen.partners().get("partner.example")),
                LocalDate.parse("2026-11-01"),
                LocalDate.parse("2026-11-30"),
                language);
    }

    @Test
    void aMonthShouldBeToldInFigures() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            log.add(
                    log.delivered(MAIL, "dane").build(),
                    log.delivered(MAIL, "chain-valid").build(),
                    log.delivered(MAIL, "chain-valid").build(),
                    EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DELIVERED)
                            .peer(WrittenLog.host(MAIL))
                            .build(),
                    log.noTls(MAIL, RecordedOutcome.WITHHELD).build(),
                    log.action(Deed.RELEASED, MAIL, "anna"));
            log.at("2026-11-21T12:00:00Z");
            log.add(log.delivered(MAIL, "dane").build());
            FiguresArchive.Figures figures = new FiguresArchive(log.archive())
                    .figures(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), 1 << 20);
            MonthReport report = MonthReport.of(YearMonth.parse("2026-11"), figures, Language.EN);
            assertThat(report.text())
                    .contains(
                            "How mail travelled, 2026-11",
                            "for 2 of 30 days",
                            "Sent: delivered 5, of these",
                            "encrypted, to a server that proved itself            2  40.0 %",
                            "tls-not-offered",
                            "released",
                            "Domains that got mail without encryption:\n  partner.example",
                            "the log has no decisions about inbound mail")
                    .doesNotContain("INCOMPLETE", "praxis@");
            assertThat(MonthReport.of(
                                    YearMonth.parse("2026-11"),
                                    new FiguresArchive.Figures(figures.days(), false, 0),
                                    Language.DE)
                            .text())
                    .contains("UNVOLLSTÄNDIG", "für 2 von 30 Tagen");
        }
    }
}
