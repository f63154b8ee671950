/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.evidence.Finding.Kind;
import org.tlsward.health.HealthProblem;
import org.tlsward.testing.SettableClock;

/** Checkpoints, keys, the signed head, what a crash leaves, and retention. */
class SignedLogTest {
    private static final String DAY_1 = "evidence-2026-11-22.jsonl";

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock(Samples.NOON);
    private final FaultyDisk disk = new FaultyDisk();
    private Path directory = Path.of("");
    private Path keys = Path.of("");

    @BeforeEach
    void place() {
        directory = root.resolve("evidence");
        keys = root.resolve("evidence-key");
    }

    @Test
    void checkpointsShouldComeAtTheStartEachHourWithEachDayAndAtTheEnd() throws Exception {
        try (EvidenceLog log = open()) {
            append(log, "a");
            clock.set("2026-11-22T12:59:59Z");
            log.signIfDue();
            append(log, "b");
            clock.set("2026-11-22T13:00:00Z");
            append(log, "c");
            clock.set("2026-11-22T14:00:00Z");
            log.signIfDue();
            clock.set("2026-11-23T00:00:00Z");
            log.signIfDue();
        }
        assertThat(checkpoints())
                .extracting(line -> line.get("why").asText())
                .containsExactly("start", "hour", "hour", "day", "close");
        assertThat(checkpoints().get(1).get("seq").asLong()).isEqualTo(5);
        JsonNode day = checkpoints().get(3);
        assertThat(day.get("closed").asText()).isEqualTo(DAY_1);
        assertThat(day.get("files").get("count").asInt()).isEqualTo(2);
        assertThat(day.get("files").get("last").asText()).isEqualTo("evidence-2026-11-23.jsonl");
        assertThat(kinds()).isEmpty();
        assertThat(verify().signatures().checkpoints()).isEqualTo(5);
    }

    @Test
    void whatComesAfterTheSignedEndShouldCountToo() throws Exception {
        try (EvidenceLog log = open()) {
            log.signEnd();
            append(log, "late");
        }
        assertThat(checkpoints())
                .extracting(line -> line.get("why").asText())
                .containsExactly("start", "close", "close");
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aCheckpointOfTheDayThatFailedShouldBeWrittenLater() throws Exception {
        try (EvidenceLog log = open(disk)) {
            append(log, "a");
            clock.set("2026-11-23T00:00:00Z");
            disk.appendFails = true;
            assertThatThrownBy(log::signIfDue).isInstanceOf(EvidenceUnavailableException.class);
            disk.appendFails = false;
            append(log, "b");
        }
        assertThat(checkpoints()).extracting(line -> line.get("why").asText()).containsExactly("start", "day", "close");
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aDiskWithRoomAgainShouldBeNoticedWithoutAnybodyWriting() throws Exception {
        try (EvidenceLog log = open(disk)) {
            disk.appendFails = true;
            assertThatThrownBy(() -> append(log, "a")).isInstanceOf(EvidenceUnavailableException.class);
            assertThatThrownBy(log::signIfDue).isInstanceOf(EvidenceUnavailableException.class);
            assertThat(log.problems()).hasSize(1);
            disk.appendFails = false;
            log.signIfDue();
            assertThat(log.problems()).isEmpty();
        }
        assertThat(kinds()).isEmpty();
    }

    @Test
    void keysShouldBeForTheOwnerOnlyAndStayTheSame() throws Exception {
        open().close();
        assertThat(modeOf(keys)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(keys)) {
            assertThat(files).hasSize(3).allMatch(file -> modeOf(file).equals("rw-------"));
        }
        String before = Files.readString(keys.resolve("signing-key.pem"));
        Files.delete(keys.resolve("signing-key.pub.pem"));
        open().close();
        assertThat(Files.readString(keys.resolve("signing-key.pem"))).isEqualTo(before);
        assertThat(before).contains(Files.readString(keys.resolve("signing-key.pub.pem")));
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aLostKeyShouldStopTheStartWhileThereIsEvidence() throws Exception {
        open().close();
        Files.delete(keys.resolve("signing-key.pem"));
        assertThatThrownBy(this::open)
                .isInstanceOf(EvidenceUnavailableException.class)
                .hasMessageContaining("Take it from the backup");
        // Whoever takes the evidence away too does not get a new log for it.
        Files.delete(directory.resolve(DAY_1));
        assertThatThrownBy(this::open).isInstanceOf(EvidenceUnavailableException.class);
        Files.delete(keys.resolve("signing-key.pub.pem"));
        open().close();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void twoHalvesOfDifferentKeysShouldNotSign() throws Exception {
        open().close();
        String mine = Files.readString(keys.resolve("signing-key.pem"));
        String other = SigningKey.generate().pem();
        Files.writeString(
                keys.resolve("signing-key.pem"),
                mine.substring(0, mine.indexOf("-----BEGIN PUBLIC"))
                        + other.substring(other.indexOf("-----BEGIN PUBLIC")));
        assertThatThrownBy(this::open)
                .isInstanceOf(EvidenceUnavailableException.class)
                .hasMessageContaining("do not belong together");
    }

    @Test
    void theKeyOfAddressesShouldNeverBeReplacedSilently() throws Exception {
        openKeyed().close();
        byte[] key = Files.readAllBytes(keys.resolve("address-key"));
        Files.write(keys.resolve("address-key"), new byte[32]);
        assertThatThrownBy(this::openKeyed).hasMessageContaining("is not the one");
        Files.delete(keys.resolve("address-key"));
        assertThatThrownBy(this::openKeyed).hasMessageContaining("is gone");
        Files.write(keys.resolve("address-key"), key);
        openKeyed().close();
        open().close();
        assertThat(lines())
                .filteredOn(line -> line.path("type").asText().equals("start"))
                .extracting(line -> line.get("addresses").asText().replaceFirst(":[0-9a-f]{16}$", ":id"))
                .containsExactly("keyed:id", "keyed:id", "plain");
    }

    /** Killed after the announcement, before the first byte of the group. */
    @Test
    void aGroupThatWasAnnouncedOnlyShouldBeNoFinding() throws Exception {
        byte[] announced = crash("nothing");
        Files.write(head(), announced);
        assertThat(kinds()).containsExactly(Kind.CRASH_NOTED);
        assertThat(verify().isSound()).isTrue();
        open().close();
        assertThat(kinds()).isEmpty();
    }

    /** Killed in the middle of a group of two lines: one is whole, one is torn. */
    @Test
    void aGroupThatIsHalfThereShouldBeCutAndNoted() throws Exception {
        byte[] announced = crash("half");
        Files.write(head(), announced);
        assertThat(verify().isSound()).isTrue();
        assertThat(kinds()).containsExactly(Kind.CRASH_NOTED);
        try (EvidenceLog log = open()) {
            append(log, "after");
            assertThat(log.problems()).isEmpty();
        }
        assertThat(kinds()).containsExactly(Kind.CUT_NOTED);
        assertThat(lines()).noneMatch(line -> line.toString().contains("first@"));
    }

    /** Whoever finds an announcement may not fill the room that it leaves: what is whole there has to be of the group. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatSomebodyWroteIntoTheRoomOfAGroupShouldBeFoundForEver(boolean behindATornLine) throws Exception {
        byte[] announced = crash("nothing");
        Files.write(head(), announced);
        Path file = directory.resolve(DAY_1);
        long whole = Files.size(file);
        String line = Files.readAllLines(file).get(2) + "\n";
        Files.writeString(file, (behindATornLine ? "\0\n" : "") + line, StandardOpenOption.APPEND);
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::line)
                .containsExactly(tuple(Kind.CRASH_NOTED, 3L), tuple(Kind.INSERTED, 4L));
        assertThat(verify().findings().get(0).message()).endsWith(": " + (Files.size(file) - whole));
        try (EvidenceLog log = open()) {
            assertThat(log.problems()).hasSize(1);
        }
        assertThat(kinds()).containsExactly(Kind.CUT_NOTED, Kind.UNSIGNED);
    }

    /** Killed again while the note about the first cut was being written: as far as the disk goes, the same place. */
    @Test
    void aSecondCrashShouldNotWriteOverWhatTheFirstHasLeft() throws Exception {
        byte[] announced = crash("half");
        Files.write(head(), announced);
        HeadFile.State state = HeadFile.read(
                head(), SigningKey.read(keys.resolve("signing-key.pem")).publicHalf());
        EvidenceDirectory place = new EvidenceDirectory(directory);
        byte[] whole = Files.readAllBytes(directory.resolve(DAY_1));
        new TailRecovery(place, state).end();
        byte[] first = Files.readAllBytes(place.pendingCuts().get(0));
        Files.write(directory.resolve(DAY_1), java.util.Arrays.copyOf(whole, whole.length - 1));
        new TailRecovery(place, state).end();
        assertThat(place.pendingCuts()).hasSize(2).anyMatch(file -> hasBytes(file, first));
        // A crash between the copy and the cut does the same cut again.
        Files.write(directory.resolve(DAY_1), whole);
        new TailRecovery(place, state).end();
        assertThat(place.pendingCuts()).hasSize(2);
        try (EvidenceLog log = open()) {
            assertThat(log.problems()).isEmpty();
        }
        assertThat(kinds()).containsExactly(Kind.CUT_NOTED, Kind.CUT_NOTED);
    }

    private static boolean hasBytes(Path file, byte[] bytes) {
        try {
            return java.util.Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Killed after the group, before the head was settled. */
    @Test
    void aGroupThatIsWholeShouldCount() throws Exception {
        byte[] announced = crash("all");
        Files.write(head(), announced);
        assertThat(kinds()).isEmpty();
        open().close();
        assertThat(kinds()).isEmpty();
        assertThat(lines()).anyMatch(line -> line.toString().contains("second@"));
    }

    /** Leaves the files as a crash does; the head as it announced two lines. */
    private byte[] crash(String how) throws IOException {
        byte[][] announced = {new byte[0]};
        try (EvidenceLog log = open(disk)) {
            append(log, "before");
            disk.beforeSync = () -> announced[0] = readHead();
            Path file = directory.resolve(DAY_1);
            final byte[] before = Files.readAllBytes(file);
            log.append(
                    List.of(Samples.delivered("first@partner.example"), Samples.delivered("second@partner.example")));
            disk.beforeSync = () -> {};
            byte[] after = Files.readAllBytes(file);
            int length =
                    switch (how) {
                        case "nothing" -> before.length;
                        case "half" -> after.length - 100;
                        default -> after.length;
                    };
            // What the log writes when it is closed is not there after a crash.
            Files.write(root.resolve("kept"), java.util.Arrays.copyOf(after, length));
        }
        Files.move(root.resolve("kept"), directory.resolve(DAY_1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return announced[0];
    }

    @Test
    void linesThatWereAddedWhileNobodyWroteShouldBeFoundForEver() throws Exception {
        open().close();
        String head = verify().head();
        byte[] rest = LineEncoder.encode(json -> {
            json.writeStringField("time", "2026-11-22T12:00:00Z");
            json.writeStringField("type", "attempt");
        });
        Files.write(
                directory.resolve(DAY_1),
                CopiedLog.join(new ChainLink(3, head).opening(), rest),
                StandardOpenOption.APPEND);
        assertThat(kinds()).containsExactly(Kind.UNSIGNED);
        assertDegraded("there are lines behind line 3");
        assertThat(kinds()).containsExactly(Kind.UNSIGNED);
    }

    @Test
    void linesThatWereCutWhileNobodyWroteShouldBeFoundForEver() throws Exception {
        try (EvidenceLog log = open()) {
            append(log, "a");
        }
        List<String> lines = Files.readAllLines(directory.resolve(DAY_1));
        Files.writeString(directory.resolve(DAY_1), String.join("\n", lines.subList(0, 2)) + "\n");
        assertThat(kinds()).containsExactly(Kind.END_CUT);
        assertDegraded("ends with line 4, the files end with line 2");
        assertThat(kinds()).contains(Kind.REMOVED, Kind.END_CUT);
    }

    @Test
    void aDirectoryThatWasEmptiedShouldBeFoundForEver() throws Exception {
        open().close();
        Files.delete(directory.resolve(DAY_1));
        assertThat(kinds()).containsExactly(Kind.END_CUT);
        clock.set("2026-11-23T00:00:00Z");
        assertDegraded("ends with line 3, the files end with line 0");
        assertThat(kinds()).contains(Kind.BEGINS_LATE);
    }

    @Test
    void aHeadThatIsGoneShouldBeFoundForEver() throws Exception {
        open().close();
        Files.delete(head());
        assertThat(kinds()).containsExactly(Kind.NO_HEAD);
        assertDegraded("the file evidence-head was missing");
        assertThat(kinds()).containsExactly(Kind.NO_HEAD);
        Files.writeString(head(), "{}");
        assertDegraded("the file evidence-head was damaged");
    }

    private void assertDegraded(String message) {
        try (EvidenceLog log = open()) {
            append(log, "later");
            assertThat(log.problems()).hasSize(1);
            assertThat(log.problems().get(0).severity()).isEqualTo(HealthProblem.Severity.DEGRADED);
            assertThat(log.problems().get(0).message()).contains(message, "tlsward evidence verify");
        }
    }

    @Test
    void filesThatAreOldEnoughShouldGoAndTheRestShouldStillBeSound() throws Exception {
        EvidenceLog.Settings threeDays =
                new EvidenceLog.Settings(directory, keys, false, Optional.of(Period.ofDays(3)));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("torn-2026-11-22-at-7.bin"), "half");
        for (int day = 22; day <= 25; day++) {
            clock.set("2026-11-" + day + "T12:00:00Z");
            try (EvidenceLog log = EvidenceLog.open(threeDays, clock)) {
                append(log, "a");
            }
        }
        assertThat(files()).hasSize(4);
        try (EvidenceLog log = EvidenceLog.open(threeDays, clock)) {
            clock.set("2026-11-27T00:00:00Z");
            append(log, "b");
            assertThat(files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly(
                            "evidence-2026-11-24.jsonl", "evidence-2026-11-25.jsonl", "evidence-2026-11-27.jsonl");
        }
        assertThat(directory.resolve("torn-2026-11-22-at-7.bin")).doesNotExist();
        assertThat(verify().isSound()).isTrue();
        assertThat(kinds()).containsExactly(Kind.RETENTION_NOTED);
        // What somebody takes away beyond that is found.
        Files.delete(files().get(0));
        assertThat(kinds()).containsExactly(Kind.BEGINS_LATE, Kind.MISSING_FILE);
    }

    /** A clock without battery wakes up in 2099. */
    @Test
    void aClockThatJumpsShouldNotDestroyTheLog() throws Exception {
        EvidenceLog.Settings tenDays = new EvidenceLog.Settings(directory, keys, false, Optional.of(Period.ofDays(10)));
        for (int day = 22; day <= 24; day++) {
            clock.set("2026-11-" + day + "T12:00:00Z");
            EvidenceLog.open(tenDays, clock).close();
        }
        clock.set("2099-01-01T12:00:00Z");
        try (EvidenceLog log = EvidenceLog.open(tenDays, clock)) {
            assertThat(files()).hasSize(4);
            clock.set("2099-01-02T12:00:00Z");
            log.signIfDue();
            assertThat(files()).hasSize(5);
            // 23 November: one day to the 24th, the jump counted as 7, three more days.
            clock.set("2099-01-03T12:00:00Z");
            log.signIfDue();
            clock.set("2099-01-04T12:00:00Z");
            log.signIfDue();
            assertThat(files())
                    .extracting(file -> file.getFileName().toString())
                    .first()
                    .isEqualTo("evidence-2026-11-24.jsonl");
        }
        assertThat(kinds()).containsExactly(Kind.RETENTION_NOTED);
    }

    @Test
    void aClockThatIsYearsAheadShouldTakeNothingAway() throws Exception {
        EvidenceLog.Settings threeMonths =
                new EvidenceLog.Settings(directory, keys, false, Optional.of(Period.ofDays(90)));
        for (String day : List.of("2026-11-22", "2026-11-23", "2099-01-01")) {
            clock.set(day + "T12:00:00Z");
            EvidenceLog.open(threeMonths, clock).close();
        }
        assertThat(files()).hasSize(3);
    }

    @Test
    void theNewestFileShouldStayHoweverOldItIs() throws Exception {
        open().close();
        clock.set("2030-01-01T00:00:00Z");
        Optional<Retention> due =
                Retention.due(new EvidenceDirectory(directory), java.time.LocalDate.of(2030, 1, 1), Period.ofDays(1));
        assertThat(due).isEmpty();
    }

    @Test
    void filesThatRetentionCouldNotRemoveShouldBeNoFinding() throws Exception {
        EvidenceLog.Settings oneDay = new EvidenceLog.Settings(directory, keys, false, Optional.of(Period.ofDays(1)));
        open().close();
        Path kept = Files.copy(directory.resolve(DAY_1), root.resolve("kept"));
        clock.set("2026-11-25T00:00:00Z");
        EvidenceLog.open(oneDay, clock).close();
        assertThat(files()).hasSize(1);
        Files.copy(kept, directory.resolve(DAY_1));
        assertThat(kinds()).isEmpty();
    }

    private Path head() {
        return keys.resolve("evidence-head");
    }

    private byte[] readHead() {
        try {
            return Files.readAllBytes(head());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private EvidenceLog open() {
        return EvidenceLog.open(EvidenceLog.Settings.usual(directory), clock);
    }

    private EvidenceLog open(FaultyDisk on) {
        return EvidenceLog.open(EvidenceLog.Settings.usual(directory), clock, on);
    }

    private EvidenceLog openKeyed() {
        return EvidenceLog.open(new EvidenceLog.Settings(directory, keys, true, Optional.empty()), clock);
    }

    private static void append(EvidenceLog log, String user) {
        log.append(List.of(Samples.delivered(user + "@partner.example")));
    }

    private List<Path> files() throws IOException {
        return new EvidenceDirectory(directory).dayFiles();
    }

    private List<JsonNode> lines() throws IOException {
        return CopiedLog.lines(directory);
    }

    private List<JsonNode> checkpoints() throws IOException {
        return lines().stream()
                .filter(line -> line.get("type").asText().equals("checkpoint"))
                .toList();
    }

    private EvidenceVerifier.Verification verify() throws IOException {
        return EvidenceVerifier.verify(directory, Optional.empty());
    }

    private List<Kind> kinds() throws IOException {
        return verify().findings().stream().map(Finding::kind).toList();
    }

    private static String modeOf(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
