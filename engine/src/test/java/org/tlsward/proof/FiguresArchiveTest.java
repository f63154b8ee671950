/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.TlsLevel;

class FiguresArchiveTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-11-20");
    private static final LocalDate LAST = LocalDate.parse("2026-11-30");
    private static final long PLENTY = 1L << 30;
    private static final MailIdentity MAIL = WrittenLog.mail("1", "praxis@partner.example");

    @TempDir
    Path temp;

    @Test
    void everyOutcomeShouldBeCountedAsWhatItWas() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            log.add(
                    EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.DELIVERED)
                            .peer(WrittenLog.host(MAIL))
                            .build(),
                    log.delivered(MAIL, "chain-valid").build(),
                    log.delivered(MAIL, "chain-untrusted", "dane").build(),
                    log.delivered(MAIL, "chain-valid", "mta-sts").build(),
                    log.delivered(MAIL, "chain-valid", "mx-name", "next-hop-name")
                            .required(TlsLevel.SECURE.requirement())
                            .build(),
                    log.noTls(MAIL, RecordedOutcome.WITHHELD).build(),
                    EvidenceRecord.attempt(log.now(), MAIL, RecordedOutcome.REJECTED)
                            .build(),
                    log.action(Deed.BOUNCED, MAIL, "anna"),
                    EvidenceAction.ofServer(log.now(), Deed.EXPIRED, MAIL, Optional.empty()),
                    log.action(Deed.RELEASED, MAIL, "anna"));
            DayFigures day = new FiguresArchive(log.archive())
                    .figures(FIRST, LAST, PLENTY)
                    .sum();
            assertThat(day.counts())
                    .containsEntry("out.cleartext", 1L)
                    .containsEntry("cleartext.partner.example", 1L)
                    .containsEntry("out.encrypted", 1L)
                    .containsEntry("out.authenticated", 3L)
                    .containsEntry("out.withheld", 1L)
                    .containsEntry("reason.tls-not-offered", 1L)
                    .containsEntry("out.bounced", 3L)
                    .containsEntry("deed.released", 1L)
                    .doesNotContainKey("out.delayed");
        }
    }

    @Test
    void aMailThatWaitsShouldBeDelayedOnceADayHoweverOftenItIsTried() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            for (int attempt = 0; attempt < 3; attempt++) {
                MailIdentity again =
                        new MailIdentity("Queue-" + attempt, MAIL.messageId(), MAIL.sender(), MAIL.recipient());
                log.add(log.noTls(again, RecordedOutcome.DEFERRED).build());
            }
            log.add(log.noTls(WrittenLog.mail("2", "praxis@partner.example"), RecordedOutcome.DEFERRED)
                    .build());
            assertThat(new FiguresArchive(log.archive())
                            .figures(FIRST, LAST, PLENTY)
                            .sum()
                            .count("out.delayed"))
                    .isEqualTo(2);
        }
    }

    @Test
    void theGateShouldBeCountedByTls() throws Exception {
        ClassRule rule = new ClassRule(
                "medical",
                new InboundRule(InboundMinimum.TLS_1_2, Optional.empty(), List.of()),
                OutboundRule.NOTHING,
                java.util.Map.of());
        SessionTls tls = new SessionTls("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty());
        InboundGate.Verdict accept = new InboundGate.Accept(Optional.empty());
        InboundGate.Verdict refuse = new InboundGate.Refuse(new InboundGate.Unmet(rule, InboundMinimum.TLS_1_2));
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            log.add(
                    EvidenceRecord.gate(log.now(), MAIL, RecordedOutcome.ACCEPTED)
                            .gate(List.of(rule), Optional.of(tls), accept)
                            .build(),
                    EvidenceRecord.gate(log.now(), MAIL, RecordedOutcome.ACCEPTED)
                            .gate(List.of(), Optional.empty(), accept)
                            .build()
                            .counted(log.now(), 5),
                    EvidenceRecord.gate(log.now(), MAIL, RecordedOutcome.REFUSED)
                            .gate(List.of(rule), Optional.empty(), refuse)
                            .build(),
                    EvidenceRecord.gate(log.now(), MAIL, RecordedOutcome.DEFERRED)
                            .gate(List.of(), Optional.empty(), refuse)
                            .build()
                            .counted(log.now(), 3));
            DayFigures day = new FiguresArchive(log.archive())
                    .figures(FIRST, LAST, PLENTY)
                    .sum();
            assertThat(day.below("in."))
                    .containsOnly(
                            java.util.Map.entry("accepted", 6L),
                            java.util.Map.entry("refused", 1L),
                            java.util.Map.entry("deferred", 3L),
                            java.util.Map.entry("tls.none", 5L),
                            java.util.Map.entry("tls.TLSv1.3", 1L));
        }
    }

    @Test
    void theNewestDayShouldBeCountedOnAndTheOthersRemembered() throws Exception {
        try (WrittenLog log = new WrittenLog(temp.resolve("log"), "2026-11-20T12:00:00Z")) {
            log.add(log.delivered(MAIL).build());
            log.at("2026-11-21T12:00:00Z");
            log.add(log.delivered(MAIL).build());
            FiguresArchive figures = new FiguresArchive(log.archive(), temp.resolve("figures"));
            assertThat(figures.figures(FIRST, LAST, PLENTY).days()).hasSize(2);
            log.add(log.delivered(MAIL).build());
            assertThat(figures.figures(FIRST, LAST, PLENTY)
                            .days()
                            .get(LocalDate.parse("2026-11-21"))
                            .count("out.encrypted"))
                    .isEqualTo(2);
            log.add(log.delivered(MAIL, "chain-valid").build());
            DayFigures grown = figures.figures(FIRST, LAST, PLENTY).days().get(LocalDate.parse("2026-11-21"));
            assertThat(grown.count("out.encrypted")).isEqualTo(3);
        }
        Path kept = temp.resolve("figures/figures-2026-11-20.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(temp.resolve("figures/figures-2026-11-21.json")).doesNotExist();
    }

    @Test
    void whatWasCountedShouldSurviveARestartUnlessTheFileIsAnotherOne() throws Exception {
        try (WrittenLog log = new WrittenLog(temp.resolve("log"), "2026-11-20T12:00:00Z")) {
            log.add(log.delivered(MAIL).build());
            log.at("2026-11-21T12:00:00Z");
            log.add(log.delivered(MAIL).build());
            archive(log).figures(FIRST, LAST, PLENTY);
            // Nothing may be read, and yet the figures are there.
            assertThat(archive(log).figures(FIRST, LAST, 0).sum().count("out.encrypted"))
                    .isEqualTo(2);

            Path file = log.archive().days().firstEntry().getValue();
            Files.writeString(file, "\n", StandardOpenOption.APPEND);
            assertThat(archive(log).figures(FIRST, LAST, 0).complete()).isFalse();
            Files.writeString(temp.resolve("figures/figures-2026-11-20.json"), "nonsense");
            assertThat(archive(log).figures(FIRST, LAST, PLENTY).sum().count("out.encrypted"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aRequestShouldNotReadMoreThanItMay() throws Exception {
        try (WrittenLog log = new WrittenLog(temp, "2026-11-20T12:00:00Z")) {
            for (int day = 20; day <= 23; day++) {
                log.at("2026-11-" + day + "T12:00:00Z");
                log.add(log.delivered(MAIL).build());
            }
            long oneFile = Files.size(log.archive().days().lastEntry().getValue());
            FiguresArchive figures = new FiguresArchive(log.archive());
            FiguresArchive.Figures some = figures.figures(FIRST, LAST, oneFile + 50);
            assertThat(some.complete()).isFalse();
            assertThat(some.days()).containsOnlyKeys(LocalDate.parse("2026-11-22"), LocalDate.parse("2026-11-23"));
            figures.figures(FIRST, LAST, oneFile + 50);
            // The first file has a line more: that a process began to write.
            assertThat(figures.figures(FIRST, LAST, 2 * oneFile).complete()).isTrue();
        }
    }

    @Test
    void linesThatCannotBeReadShouldBeCountedAlsoAfterARestart() throws Exception {
        try (WrittenLog log = new WrittenLog(temp.resolve("log"), "2026-11-20T12:00:00Z")) {
            log.add(log.delivered(MAIL).build());
            log.at("2026-11-21T12:00:00Z");
            log.add(log.delivered(MAIL).build());
            for (Path file : log.archive().days().values()) {
                Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);
            }
            FiguresArchive figures = archive(log);
            assertThat(figures.figures(FIRST, LAST, PLENTY).unreadable()).isEqualTo(2);
            assertThat(figures.figures(FIRST, LAST, PLENTY).unreadable()).isEqualTo(2);
            assertThat(archive(log).figures(FIRST, LAST, 0).unreadable()).isEqualTo(2);
        }
    }

    @Test
    void figuresShouldGoWithTheEvidence() throws Exception {
        try (WrittenLog log = new WrittenLog(temp.resolve("log"), "2026-11-20T12:00:00Z")) {
            log.add(log.delivered(MAIL).build());
            log.at("2026-11-21T12:00:00Z");
            log.add(log.delivered(MAIL).build());
            log.at("2026-11-22T12:00:00Z");
            log.add(log.delivered(MAIL).build());
            archive(log).figures(FIRST, LAST, PLENTY);
            assertThat(temp.resolve("figures/figures-2026-11-20.json")).exists();
            Files.delete(log.archive().days().firstEntry().getValue());
            archive(log).figures(LAST, LAST, 0);
            assertThat(temp.resolve("figures/figures-2026-11-20.json")).doesNotExist();
            assertThat(temp.resolve("figures/figures-2026-11-21.json")).exists();
        }
    }

    private FiguresArchive archive(WrittenLog log) {
        return new FiguresArchive(log.archive(), temp.resolve("figures"));
    }
}
