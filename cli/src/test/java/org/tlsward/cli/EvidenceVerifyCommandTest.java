/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;

class EvidenceVerifyCommandTest {
    @TempDir
    Path home;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        write(home.resolve("var/evidence"));
    }

    private void write(Path directory) throws IOException {
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(directory), Clock.systemUTC())) {
            log.append(List.of(EvidenceRecord.attempt(
                            Instant.parse("2026-11-22T12:00:00Z"),
                            new MailIdentity("Mail1", Optional.empty(), "a@klinik.example", "b@partner.example"),
                            RecordedOutcome.DELIVERED)
                    .duration(Duration.ofSeconds(1))
                    .build()));
        }
        try (var files = Files.list(directory)) {
            file = files.filter(each -> each.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void untouchedEvidenceShouldBeClean() {
        CommandRun run = CommandRun.of(home, "evidence", "verify");
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("nothing was changed", "4", "evidence-key/signing-key.pub.pem");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aChangedLineShouldBeNamed() throws Exception {
        Files.writeString(file, Files.readString(file).replace("b@partner", "c@partner"));
        CommandRun run = CommandRun.of(home, "evidence", "verify", "var/evidence");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("something was changed", "changed", file.getFileName() + ":3:");
    }

    @Test
    void findingsShouldComeAsJsonToo() throws Exception {
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, String.join("\n", lines.subList(0, 2)) + "\n");
        CommandRun run = CommandRun.of(home, "evidence", "verify", "--json");
        assertThat(run.exit()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("result").asText()).isEqualTo("problems");
        assertThat(report.get("sections").toString()).contains("end-cut", "missing lines: 2");
    }

    @Test
    void withoutAKeyItShouldNotSayThatAllIsWell() throws Exception {
        Path key = home.resolve("var/evidence-key/signing-key.pub.pem");
        Path elsewhere = Files.move(key, home.resolve("key.pem"));
        CommandRun run = CommandRun.of(home, "evidence", "verify");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("could not be told", "no-key");
        assertThat(CommandRun.of(home, "evidence", "verify", "--key", elsewhere.toString())
                        .exit())
                .isZero();
    }

    @Test
    void aKeyThatNobodyNamedShouldBeComparedWithWhatWasKept() throws Exception {
        CommandRun usual = CommandRun.of(home, "evidence", "verify", "--json");
        assertThat(usual.exit()).isZero();
        assertThat(keyRow(usual).toString()).contains("warning", "compare it with the one that you keep elsewhere");
        CommandRun named =
                CommandRun.of(home, "evidence", "verify", "--json", "--key", "var/evidence-key/signing-key.pub.pem");
        assertThat(keyRow(named).toString()).doesNotContain("warning");
    }

    private static JsonNode keyRow(CommandRun run) throws IOException {
        JsonNode report = new ObjectMapper().readTree(run.out());
        for (JsonNode item : report.get("sections").get(0).get("items")) {
            if (item.toString().contains("signing-key.pub.pem")) {
                return item;
            }
        }
        throw new AssertionError("no row of the key: " + report);
    }

    @Test
    void anotherKeyBesideThePrivateOneShouldNotPass() throws Exception {
        write(home.resolve("other/evidence"));
        Files.copy(
                home.resolve("other/evidence-key/signing-key.pem"),
                home.resolve("var/evidence-key/signing-key.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        CommandRun run = CommandRun.of(home, "evidence", "verify");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("other-key", "signing-key.pub.pem");
    }

    @Test
    void theLogsOfSeveralServersShouldGetOneVerdict() throws Exception {
        write(home.resolve("other/evidence"));
        Path other = file;
        CommandRun sound = CommandRun.of(home, "evidence", "verify", "var/evidence", "other/evidence");
        assertThat(sound.exit()).isZero();
        assertThat(sound.out()).contains("2 logs: nothing was changed", "Evidence of ");
        Files.writeString(other, Files.readString(other).replace("b@partner", "c@partner"));
        CommandRun changed = CommandRun.of(home, "evidence", "verify", "var/evidence", "other/evidence", "--json");
        assertThat(changed.exit()).isEqualTo(1);
        JsonNode logs = new ObjectMapper()
                .readTree(changed.out())
                .get("sections")
                .get(0)
                .get("items");
        assertThat(logs.get(0).toString()).contains("\"ok\"", "var/evidence: nothing was changed");
        assertThat(logs.get(1).toString()).contains("\"fail\"", "other/evidence: something was changed");
    }

    @Test
    void eachLogShouldBeCheckedWithItsOwnKey() throws Exception {
        write(home.resolve("other/evidence"));
        String first = "var/evidence-key/signing-key.pub.pem";
        String second = "other/evidence-key/signing-key.pub.pem";
        assertThat(verifyBoth("--key", first, "--key", second).exit()).isZero();
        assertThat(verifyBoth("--key", second, "--key", first).exit()).isEqualTo(1);
        assertThat(verifyBoth("--key", first).exit()).isEqualTo(64);
        assertThat(verifyBoth("--head", "ab".repeat(32)).exit()).isEqualTo(64);
        Files.delete(home.resolve(second));
        assertThat(verifyBoth().exit()).isEqualTo(2);
    }

    private CommandRun verifyBoth(String... options) {
        List<String> words = new ArrayList<>(List.of("evidence", "verify", "var/evidence", "other/evidence"));
        words.addAll(List.of(options));
        return CommandRun.of(home, words.toArray(String[]::new));
    }

    @Test
    void aKeyOfSomebodyElseShouldNotPass() throws Exception {
        write(home.resolve("other/evidence"));
        CommandRun run = CommandRun.of(
                home, "evidence", "verify", "var/evidence", "--key", "other/evidence-key/signing-key.pub.pem");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("other-key");
    }

    @Test
    void aRememberedHeadShouldBeLookedFor() {
        String unknown = "ab".repeat(32);
        assertThat(CommandRun.of(home, "evidence", "verify", "--head", unknown).exit())
                .isEqualTo(1);
        assertThat(CommandRun.of(home, "evidence", "verify", "--head", "nonsense")
                        .exit())
                .isEqualTo(64);
        assertThat(CommandRun.of(home, "evidence", "verify", "--key", "nowhere").exit())
                .isEqualTo(64);
    }

    @Test
    void theConfigurationShouldSayWhereItIs() throws Exception {
        write(home.resolve("elsewhere/log"));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/tlsward.xml"),
                """
                <tlsward>
                  <classes default="general"><class name="general"><outbound level="may"/></class></classes>
                  <evidence path="file://%s"/>
                </tlsward>
                """
                        .formatted(home.resolve("elsewhere/log")));
        CommandRun run = CommandRun.of(home, "evidence", "verify");
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("elsewhere/log-key");
    }
}
