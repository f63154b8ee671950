/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import picocli.CommandLine.Help.Ansi;

class ProofCommandsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final MailIdentity MAIL =
            new MailIdentity("Queue", Optional.of("<1@klinik.example>"), "a@klinik.example", "praxis@partner.example");

    @TempDir
    Path home;

    @BeforeEach
    void write() {
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(home.resolve("var/evidence")), CLOCK)) {
            for (int day = 0; day < 10; day++) {
                log.append(List.of(EvidenceRecord.attempt(
                                NOON.minus(Duration.ofDays(day)), MAIL, RecordedOutcome.DELIVERED)
                        .peer(new PeerHost(
                                "partner.example",
                                "mx.partner.example",
                                Optional.of("192.0.2.7"),
                                PeerHost.Naming.DNSSEC))
                        .tls(new SeenTls(
                                "TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty(), List.of(), Optional.empty()))
                        .verdict("dane")
                        .build()));
            }
        }
    }

    @Test
    void aCertificateShouldBecomeANewFileThatOnlyItsOwnerReads() throws Exception {
        CommandRun run = run("evidence", "certificate", "1@klinik.example", "-o", "page.html", "--lang", "de");
        assertThat(run.exit()).as(run.err()).isZero();
        Path page = home.resolve("page.html");
        assertThat(Files.readString(page)).contains("Wie eine Nachricht übermittelt wurde", "praxis@partner.example");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        assertThat(run("evidence", "certificate", "1@klinik.example", "-o", "page.html")
                        .exit())
                .isEqualTo(64);
        assertThat(run("evidence", "certificate", "1@klinik.example").out()).startsWith("<!DOCTYPE html>");
        CommandRun unknown = run("evidence", "certificate", "2@klinik.example\u001b[2J");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("2@klinik.example").doesNotContain("\u001b");
    }

    @Test
    void suggestionsShouldBeReadyToPasteAndRespectTheRulesInForce() throws Exception {
        CommandRun run = run("suggest");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("    <destination match=\"partner.example\" level=\"dane-only\" minimum=\"TLSv1.3\"/>\n")
                .contains("10 connections on 10 days since");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes><destinations>"
                        + "<destination match='partner.example' level='dane-only' minimum='TLSv1.3'/>"
                        + "</destinations></tlsward>");
        JsonNode json = new ObjectMapper().readTree(run("suggest", "--json").out());
        assertThat(json.path("suggestions")).isEmpty();
        assertThat(run("suggest", "--min-sessions", "11").out()).doesNotContain("<destination ");
    }

    @Test
    void reportsShouldBePrinted() throws Exception {
        CommandRun month = run("report", "month", "2026-11");
        assertThat(month.exit()).isZero();
        assertThat(month.out()).contains("Sent: delivered 10, of these");
        assertThat(run("report", "month").out()).contains("2026-11");
        assertThat(run("report", "month", "2025-01").exit()).isEqualTo(1);
        JsonNode json =
                new ObjectMapper().readTree(run("report", "month", "--json").out());
        assertThat(json.at("/figures/out.authenticated").asInt()).isEqualTo(10);
        CommandRun partner = run("report", "partner", "partner.example", "--lang", "de");
        assertThat(partner.exit()).isZero();
        assertThat(partner.out()).startsWith("Subject: Verschlüsselung der Mailserver von partner.example");
        assertThat(run("report", "partner", "zwei.example").exit()).isEqualTo(1);
    }

    @Test
    void spoiltLinesShouldBeTold() throws Exception {
        Files.writeString(
                home.resolve("var/evidence/evidence-2026-11-22.jsonl"), "nonsense\n", StandardOpenOption.APPEND);
        CommandRun run = run("evidence", "certificate", "1@klinik.example");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("ATTENTION: 1 lines");
    }

    @Test
    void spoiltLinesShouldBeToldByWhateverCounts() throws Exception {
        for (String day : List.of("20", "22")) {
            Files.writeString(
                    home.resolve("var/evidence/evidence-2026-11-" + day + ".jsonl"),
                    "nonsense\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        for (String[] command : new String[][] {
            {"suggest"},
            {"suggest", "--json"},
            {"report", "partner", "partner.example"},
            {"report", "partner", "zwei.example"},
            {"report", "month", "2026-11"}
        }) {
            CommandRun run = run(command);
            assertThat(run.exit()).as(String.join(" ", command)).isEqualTo(2);
            assertThat(run.err()).contains("Lines that cannot be read: 2. Please run \"tlsward evidence verify\"");
            assertThat(run.out()).isNotBlank();
        }
        assertThat(run("report", "month", "2026-11").out()).contains("ATTENTION: 2 lines could not be read");
    }

    private CommandRun run(String... args) {
        return CommandRun.of(new Surroundings(home, name -> Optional.empty(), CLOCK), Ansi.OFF, args);
    }
}
