/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;
import picocli.CommandLine.Help.Ansi;

class EvidenceShowCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    Path home;

    @Test
    void aMailShouldBeToldAsAStoryAlsoWhileTheServerWrites() throws Exception {
        try (EvidenceLog log = log(false)) {
            log.append(List.of(
                    EvidenceRecord.attempt(NOON, mail("1"), RecordedOutcome.WITHHELD)
                            .build(),
                    EvidenceAction.of(NOON.plusSeconds(61), Deed.RELEASED, mail("1"), "anna")));
            CommandRun run = run("evidence", "show", "--message-id", "1@klinik.example");
            assertThat(run.out())
                    .isEqualTo(
                            """
                    1 mail

                    <1@klinik.example> from a@klinik.example, 2026-11-22 (UTC)
                     fail     11-22 12:00:00 Tried for praxis@partner.example: no mail server of
                                             partner.example was contacted. The mail was withheld.
                              11-22 12:01:01 anna released it for praxis@partner.example; the
                                             requirement stays as it was.
                    """);
            assertThat(run.exit()).isZero();
            assertThat(run("evidence", "show", "--message-id", "1@klinik.example", "--lang", "de")
                            .out())
                    .contains("anna hat sie für praxis@partner.example freigegeben");
        }
    }

    @Test
    void programsShouldGetTheLinesBesideTheSentences() throws Exception {
        try (EvidenceLog log = log(false)) {
            log.append(List.of(EvidenceAction.of(NOON, Deed.RELEASED, mail("1"), "anna")));
        }
        JsonNode all = new ObjectMapper()
                .readTree(run("evidence", "show", "--recipient", "praxis@partner.example", "--json")
                        .out());
        assertThat(all.path("more").asBoolean(true)).isFalse();
        JsonNode chapter = all.at("/mails/0/story/0");
        assertThat(chapter.path("file").asText()).isEqualTo("evidence-2026-11-22.jsonl");
        assertThat(chapter.path("line").asInt())
                .isGreaterThan(1)
                .isEqualTo(chapter.path("seq").asInt());
        assertThat(chapter.path("outcome").asText()).isEqualTo("released");
        assertThat(all.at("/mails/0/recipients/0").asText()).isEqualTo("praxis@partner.example");
    }

    @Test
    void whatIsTooOldShouldNotBeToldUnlessAMailIsNamed() throws Exception {
        try (EvidenceLog log = log(false)) {
            log.append(List.of(EvidenceAction.of(NOON.minusSeconds(8 * 86_400), Deed.RELEASED, mail("1"), "anna")));
        }
        assertThat(run("evidence", "show").exit()).isEqualTo(1);
        assertThat(run("evidence", "show", "--since", "2026-11-01").exit()).isZero();
        assertThat(run("evidence", "show", "--since", "9d").exit()).isZero();
        assertThat(run("evidence", "show", "--message-id", "1@klinik.example").exit())
                .isZero();
        assertThat(run("evidence", "show", "--since", "yesterday").err())
                .contains("unsupported time \"yesterday\" (expected: ");
        assertThat(run("evidence", "show", "--limit", "0").exit()).isEqualTo(64);
        assertThat(run("evidence", "show", "--lang", "xx").exit()).isEqualTo(64);
    }

    @Test
    void hiddenAddressesShouldNeedTheKey() throws Exception {
        try (EvidenceLog log = log(true)) {
            log.append(List.of(EvidenceAction.of(NOON, Deed.RELEASED, mail("1"), "anna")));
        }
        Path key = home.resolve("var/evidence-key/address-key");
        assertThat(run("evidence", "show", "--recipient", "praxis@partner.example")
                        .out())
                .contains("anna released it for");
        Files.move(key, home.resolve("key"));
        CommandRun without = run("evidence", "show", "--recipient", "praxis@partner.example");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("--address-key");
        CommandRun with = run("evidence", "show", "--recipient", "praxis@partner.example", "--address-key", "key");
        assertThat(with.exit()).isZero();
        assertThat(with.out()).contains("anna released it for").contains("hmac:");
    }

    @Test
    void spoiltLinesShouldBeTold() throws Exception {
        try (EvidenceLog log = log(false)) {
            log.append(List.of(EvidenceAction.of(NOON, Deed.RELEASED, mail("1"), "anna")));
        }
        Files.writeString(
                home.resolve("var/evidence/evidence-2026-11-22.jsonl"), "\u001b[2J\n", StandardOpenOption.APPEND);
        CommandRun run = run("evidence", "show", "--recipient", "praxis@partner.example");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("Lines that cannot be read: 1. Please run \"tlsward evidence verify\"\n");
        assertThat(run.out()).contains("anna").doesNotContain("\u001b");
    }

    @Test
    void theLogsOfTwoServersShouldBeOneStory() throws Exception {
        try (EvidenceLog one = log("mx1");
                EvidenceLog other = log("mx2")) {
            one.append(List.of(EvidenceAction.of(NOON, Deed.QUARANTINED, mail("1"), "carla")));
            other.append(List.of(EvidenceAction.of(NOON.plusSeconds(1), Deed.RELEASED, mail("1"), "anna")));
            one.append(List.of(EvidenceAction.of(NOON.plusSeconds(2), Deed.BOUNCED, mail("1"), "boris")));
        }
        String[] both = {
            "evidence",
            "show",
            "--message-id",
            "1@klinik.example",
            "--evidence",
            "mx2/evidence",
            "--evidence",
            "mx1/evidence"
        };
        CommandRun run = run(both);
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("1 mail").containsSubsequence(":00 mx1", ":01 mx2", ":02 mx1");
        String[] json = java.util.Arrays.copyOf(both, both.length + 1);
        json[both.length] = "--json";
        assertThat(new ObjectMapper()
                        .readTree(run(json).out())
                        .at("/mails/0/story")
                        .findValuesAsText("node"))
                .containsExactly("mx1", "mx2", "mx1");
        assertThat(run("evidence", "show", "--evidence", "mx1/evidence").out()).doesNotContain(":00 mx1");
    }

    private EvidenceLog log(String node) {
        Path var = home.resolve(node);
        return EvidenceLog.open(
                new EvidenceLog.Settings(
                        var.resolve("evidence"),
                        var.resolve("evidence-key"),
                        false,
                        Optional.empty(),
                        Optional.of(node)),
                CLOCK);
    }

    private EvidenceLog log(boolean keyed) {
        Path var = home.resolve("var");
        return EvidenceLog.open(
                new EvidenceLog.Settings(var.resolve("evidence"), var.resolve("evidence-key"), keyed, Optional.empty()),
                CLOCK);
    }

    private static MailIdentity mail(String id) {
        return new MailIdentity(
                "Queue", Optional.of("<" + id + "@klinik.example>"), "a@klinik.example", "praxis@partner.example");
    }

    private CommandRun run(String... args) {
        return CommandRun.of(new Surroundings(home, name -> Optional.empty(), CLOCK), Ansi.OFF, args);
    }
}
