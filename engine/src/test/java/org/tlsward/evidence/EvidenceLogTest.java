/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.health.HealthProblem;
import org.tlsward.testing.SettableClock;

class EvidenceLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private final SettableClock clock = new SettableClock(Samples.NOON);

    @Test
    void eachLineShouldCarryTheHashOfTheExactBytesBefore() throws Exception {
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("a@partner.example"), Samples.delivered("ü@partner.example")));
            log.append(List.of(Samples.delivered("c@partner.example")));
        }
        List<String> lines = lines("2026-11-22");
        assertThat(lines).hasSize(6);
        String previous = "0".repeat(64);
        for (int number = 1; number <= lines.size(); number++) {
            JsonNode line = JSON.readTree(lines.get(number - 1));
            assertThat(line.get("v").asInt()).isEqualTo(1);
            assertThat(line.get("seq").asLong()).isEqualTo(number);
            assertThat(line.get("prev").asText()).isEqualTo(previous);
            previous = sha256(lines.get(number - 1) + "\n");
        }
        assertThat(types("2026-11-22"))
                .containsExactly("start", "checkpoint", "attempt", "attempt", "attempt", "checkpoint");
        assertThat(verify()).isEmpty();
    }

    @Test
    void onlyTheOwnerShouldReadIt() throws Exception {
        Files.createDirectories(directory());
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        open().close();
        assertThat(modeOf(directory())).isEqualTo("rwx------");
        assertThat(modeOf(file("2026-11-22"))).isEqualTo("rw-------");
        assertThat(modeOf(directory().resolve("evidence.lock"))).isEqualTo("rw-------");
    }

    @Test
    void theFirstLineOfADayShouldFollowTheLastOfTheDayBefore() throws Exception {
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("a@partner.example")));
            clock.set("2026-11-23T00:00:00Z");
            log.append(List.of(Samples.delivered("b@partner.example")));
        }
        String last = lines("2026-11-22").get(2);
        assertThat(JSON.readTree(lines("2026-11-23").get(0)).get("prev").asText())
                .isEqualTo(sha256(last + "\n"));
        assertThat(verify()).isEmpty();
    }

    @Test
    void aClockThatWasSetBackShouldNotSetTheFilesBack() throws Exception {
        clock.set("2026-11-24T00:00:00Z");
        open().close();
        clock.set("2026-11-22T00:00:00Z");
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("a@partner.example")));
            assertThat(log.problems())
                    .extracting(HealthProblem::severity)
                    .containsExactly(HealthProblem.Severity.DEGRADED);
        }
        assertThat(types("2026-11-24"))
                .containsExactly("start", "checkpoint", "checkpoint", "start", "checkpoint", "attempt", "checkpoint");
        assertThat(file("2026-11-22")).doesNotExist();
    }

    @Test
    void aRestartShouldGoOnWithTheChain() throws Exception {
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("a@partner.example")));
        }
        clock.set("2026-11-25T00:00:00Z");
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("b@partner.example")));
        }
        assertThat(types("2026-11-25")).containsExactly("start", "checkpoint", "attempt", "checkpoint");
        assertThat(verify()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1,\"se",
                "{\"v\":1,\"seq\":3,\"prev\":\"",
                "\0\0\0\0\0\0",
                "\0\0\0\0\n\0\0",
                "{}\n",
                "\n",
                "{\"v\":1,\"seq\":3,\"prev\":\"00\",\"type\":\"attempt\"}\n"
            })
    void aTailThatNobodyAnnouncedShouldBeCutKeptAndStayAFinding(String tail) throws Exception {
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("a@partner.example")));
        }
        long whole = Files.size(file("2026-11-22"));
        Files.writeString(file("2026-11-22"), tail, StandardOpenOption.APPEND);
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("b@partner.example")));
            assertThat(log.problems()).hasSize(1);
            assertThat(log.problems().get(0).message()).contains("no crash leaves them");
        }
        assertThat(types("2026-11-22"))
                .containsExactly(
                        "start",
                        "checkpoint",
                        "attempt",
                        "checkpoint",
                        "cut",
                        "start",
                        "checkpoint",
                        "attempt",
                        "checkpoint");
        JsonNode note = JSON.readTree(lines("2026-11-22").get(4));
        assertThat(note.get("bytes").asLong()).isEqualTo(tail.length());
        assertThat(note.get("sha256").asText()).isEqualTo(sha256(tail));
        assertThat(note.get("file").asText()).isEqualTo("torn-2026-11-22-at-" + whole + "-unexplained.bin");
        Path kept = directory().resolve(note.get("file").asText());
        assertThat(Files.readString(kept)).isEqualTo(tail);
        assertThat(modeOf(kept)).isEqualTo("rw-------");
        assertThat(verify()).containsExactly(Finding.Kind.CUT_NOTED, Finding.Kind.UNSIGNED);
    }

    @Test
    void aCutThatWasNotNotedBeforeTheNextCrashShouldBeNotedThen() throws Exception {
        open().close();
        Files.writeString(directory().resolve("torn-2026-11-22-at-7.pending"), "half");
        open().close();
        assertThat(types("2026-11-22"))
                .containsExactly("start", "checkpoint", "checkpoint", "cut", "start", "checkpoint", "checkpoint");
        assertThat(directory().resolve("torn-2026-11-22-at-7.pending")).doesNotExist();
    }

    @Test
    void aFileWithNothingButATornLineShouldLeadToTheFileBefore() throws Exception {
        open().close();
        Files.writeString(file("2026-11-23"), "{\"v\":1");
        clock.set("2026-11-23T09:00:00Z");
        open().close();
        assertThat(types("2026-11-23")).containsExactly("cut", "start", "checkpoint", "checkpoint");
        assertThat(verify()).containsExactly(Finding.Kind.CUT_NOTED, Finding.Kind.UNSIGNED);
    }

    @Test
    void whatCannotBeReadBeforeTheLastLineShouldStayForTheVerifier() throws Exception {
        try (EvidenceLog log = open()) {
            log.append(List.of(Samples.delivered("a@partner.example"), Samples.delivered("b@partner.example")));
        }
        String changed = Files.readString(file("2026-11-22")).replaceFirst("\"type\":\"attempt\"", "\"type\":");
        Files.writeString(file("2026-11-22"), changed);
        open().close();
        assertThat(Files.readString(file("2026-11-22"))).startsWith(changed);
        assertThat(verify()).containsExactly(Finding.Kind.CHANGED);
    }

    @Test
    void filesLargerThanABufferAndLinesWithoutEndShouldBeReadToo() throws Exception {
        List<EvidenceRecord> many = java.util.Collections.nCopies(300, Samples.delivered("praxis@partner.example"));
        try (EvidenceLog log = open()) {
            log.append(many);
        }
        assertThat(Files.size(file("2026-11-22"))).isGreaterThan(200_000);
        assertThat(verify()).isEmpty();
        Files.writeString(
                file("2026-11-22"), "{\"v\":1,\"x\":\"" + "y".repeat(3_000_000) + "\"}\n", StandardOpenOption.APPEND);
        assertThat(verify()).containsExactly(Finding.Kind.CHANGED, Finding.Kind.UNSIGNED);
        open().close();
        assertThat(verify()).containsExactly(Finding.Kind.CUT_NOTED, Finding.Kind.UNSIGNED);
    }

    @Test
    void aSecondWriterShouldBeRefused() {
        try (EvidenceLog log = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(EvidenceUnavailableException.class)
                    .hasMessageContaining("has a writer");
            log.append(List.of(Samples.delivered("a@partner.example")));
        }
        open().close();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aWriterInAnotherProcessShouldBeRefused() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherWriter.class.getName(),
                        directory().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); !"writing".equals(line); line = said.readLine()) {
                assertThat(line).as("its log comes first").isNotNull();
            }
            assertThatThrownBy(this::open)
                    .isInstanceOf(EvidenceUnavailableException.class)
                    .hasMessageContaining("another process");
        } finally {
            other.getOutputStream().close();
            other.waitFor();
        }
        open().close();
        assertThat(verify()).isEmpty();
    }

    /** Writes until its input ends. */
    static final class OtherWriter {
        private OtherWriter() {}

        public static void main(String[] arguments) throws IOException {
            try (EvidenceLog log =
                    EvidenceLog.open(EvidenceLog.Settings.usual(Path.of(arguments[0])), java.time.Clock.systemUTC())) {
                log.append(List.of(Samples.delivered("a@partner.example")));
                System.out.println("writing");
                System.in.read();
            }
        }
    }

    @Test
    void aDirectoryThatIsAFileShouldBeRefusedAtOnce() throws Exception {
        Files.writeString(directory(), "");
        assertThatThrownBy(this::open)
                .isInstanceOf(EvidenceUnavailableException.class)
                .hasMessageContaining(directory().toString());
    }

    @Test
    void aClosedLogShouldTakeNothing() throws Exception {
        EvidenceLog log = open();
        log.close();
        log.close();
        assertThatThrownBy(() -> log.append(List.of(Samples.delivered("a@partner.example"))))
                .isInstanceOf(EvidenceUnavailableException.class);
        assertThat(types("2026-11-22")).containsExactly("start", "checkpoint", "checkpoint");
    }

    @Test
    void strangersShouldNotMakeALineEndless() throws Exception {
        EvidenceRecord hostile = EvidenceRecord.attempt(
                        Samples.NOON, Samples.mail("x".repeat(100_000)), RecordedOutcome.REJECTED)
                .reply("550 \r\n\u001b[2J\u202e\ud800" + "y".repeat(1_000_000))
                .tls(new SeenTls(
                        "TLSv1.3",
                        "c",
                        Optional.empty(),
                        Stream.generate(() -> "ab".repeat(32)).limit(5000).toList(),
                        Optional.of("CN=" + "z".repeat(1_000_000))))
                .build();
        try (EvidenceLog log = open()) {
            log.append(List.of(hostile));
        }
        String line = lines("2026-11-22").get(2);
        assertThat(line.length()).isLessThan(8000);
        assertThat(JSON.readTree(line).get("reply").asText())
                .startsWith("550   \ufffd[2J".replace("\ufffd", " "))
                .contains("\ufffd\ufffdyyy");
    }

    @Test
    void hashedAddressesShouldBeNowhereInTheFile() throws Exception {
        Path keys = KeyDirectory.usualFor(directory());
        try (EvidenceLog log =
                EvidenceLog.open(new EvidenceLog.Settings(directory(), keys, true, Optional.empty()), clock)) {
            log.append(List.of(Samples.delivered("praxis@partner.example")));
        }
        String text = Files.readString(file("2026-11-22"));
        assertThat(text).doesNotContain("praxis", "a@klinik.example");
        JsonNode line = JSON.readTree(lines("2026-11-22").get(2));
        assertThat(line.get("mail").get("recipient").asText())
                .isEqualTo(KeyedAddresses.read(keys.resolve("address-key")).of("PRAXIS@partner.EXAMPLE"));
        assertThat(line.get("reply").asText()).isEqualTo("250 2.0.0");
    }

    private EvidenceLog open() {
        return EvidenceLog.open(EvidenceLog.Settings.usual(directory()), clock);
    }

    private Path directory() {
        return temp.resolve("evidence");
    }

    private Path file(String day) {
        return directory().resolve("evidence-" + day + ".jsonl");
    }

    private List<String> lines(String day) throws IOException {
        String text = Files.readString(file(day));
        assertThat(text).endsWith("\n");
        return List.of(text.split("\n"));
    }

    private List<String> types(String day) throws IOException {
        return lines(day).stream().map(EvidenceLogTest::type).toList();
    }

    private static String type(String line) {
        try {
            return JSON.readTree(line).get("type").asText();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private List<Finding.Kind> verify() throws IOException {
        return EvidenceVerifier.verify(directory(), Optional.empty()).findings().stream()
                .map(Finding::kind)
                .toList();
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(ChainLink.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
