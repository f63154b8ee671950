/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractBooleanAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem.Severity;

class MemberFileTest {
    @TempDir
    Path directory;

    private TestStore store;

    @BeforeEach
    void setUp() {
        store = new TestStore(directory);
    }

    private MemberFile open() {
        return new MemberFile(store.file, "+", new StateDirectory(store.state()), Clock.systemUTC());
    }

    private static AbstractBooleanAssert<?> has(MemberFile file, String address) {
        return assertThat(file.members().orElseThrow().contains(new Probe(MailboxName.parse(address, "+"))));
    }

    @Test
    void openShouldReadEveryKindOfLine() throws IOException {
        Files.writeString(
                store.file,
                "\ufeff# our doctors\r\n\r\n  Praxis@klinik.example  # the front desk\r\ndr#a@klinik.example\r\n"
                        + "@kardiologie.klinik.example\r\ndr.*@klinik.example\r\n\"a #b\"@klinik.example\r\nmüller@münchen.example");
        MemberFile file = open();
        has(file, "praxis@klinik.example").isTrue();
        has(file, "dr#a@klinik.example").isTrue();
        has(file, "x@kardiologie.klinik.example").isTrue();
        has(file, "dr.b@klinik.example").isTrue();
        has(file, "\"a #b\"@klinik.example").isTrue();
        has(file, "MÜLLER@xn--mnchen-3ya.example").isTrue();
        has(file, "stranger@klinik.example").isFalse();
        assertThat(file.members().orElseThrow().size()).isEqualTo(6);
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void openShouldNameFileLineValueAndWhatIsExpected() throws IOException {
        store.write("a@klinik.example", "klinik.example", "# fine", "b c@klinik.example");
        MemberSourceException e = catchThrowableOfType(MemberSourceException.class, this::open);
        assertThat(e.complaints())
                .containsExactly(
                        store.file + " line 2: unsupported entry \"klinik.example\" (expected: an address like"
                                + " praxis@klinik.example, a domain like @klinik.example, or a pattern like dr.*@klinik.example)",
                        store.file + " line 4: unsupported address \"b c@klinik.example\" (unsupported character U+0020"
                                + " before the @ (expected: a text like dr.a, or \"in quotes\"))");
    }

    @Test
    void openShouldStopAfterTwentyComplaints() throws IOException {
        store.write(IntStream.range(0, 50).mapToObj(i -> "broken").toArray(String[]::new));
        MemberSourceException e = catchThrowableOfType(MemberSourceException.class, this::open);
        assertThat(e.complaints()).hasSize(20);
        assertThat(e.complaints().get(19)).contains("line 20:");
    }

    @Test
    void openShouldRefuseAMissingFile() {
        assertThatThrownBy(this::open)
                .isInstanceOf(MemberSourceException.class)
                .hasMessage(store.file + ": cannot be read: it does not exist (expected: a readable text file)");
    }

    @Test
    void openShouldRefuseADirectory() throws IOException {
        Files.createDirectory(store.file);
        assertThatThrownBy(this::open)
                .isInstanceOf(MemberSourceException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("expected: a readable text file");
    }

    @Test
    void openShouldRefuseWhatIsNotUtf8() throws IOException {
        Files.write(store.file, "a@klinik.example\nmüller@klinik.example\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::open).hasMessageContaining("line 2: not UTF-8: \"müller@klinik.example\"");
    }

    @Test
    void openShouldRefuseALineThatIsTooLong() throws IOException {
        store.write("x".repeat(5000) + "@klinik.example", "a@klinik.example");
        assertThatThrownBy(this::open).hasMessageContaining("line 1: longer than 4096 bytes");
    }

    @Test
    void readNowShouldTakeAChange() throws IOException {
        store.write("a@klinik.example", "b@klinik.example");
        MemberFile file = open();
        store.write("a@klinik.example", "c@klinik.example");
        file.readNow();
        has(file, "b@klinik.example").isFalse();
        has(file, "c@klinik.example").isTrue();
    }

    @Test
    void lookShouldTakeAChangeWhenTheFileRests() throws IOException {
        store.write("a@klinik.example", "b@klinik.example");
        MemberFile file = open();
        Files.writeString(store.file, "c@klinik.example\n", StandardOpenOption.APPEND);
        file.look();
        has(file, "c@klinik.example").isFalse();
        Files.writeString(store.file, "d@klinik.example\n", StandardOpenOption.APPEND);
        file.look();
        has(file, "c@klinik.example").isFalse();
        file.look();
        has(file, "c@klinik.example").isTrue();
        has(file, "d@klinik.example").isTrue();
    }

    @Test
    void lookShouldSeeAFileOfTheSameSizeAndTime() throws IOException {
        store.write("a@klinik.example", "b@klinik.example");
        FileTime old = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(store.file, old);
        MemberFile file = open();
        file.look();
        // in place, by a tool that sets the time back
        Files.writeString(store.file, "a@klinik.example\nc@klinik.example\n");
        Files.setLastModifiedTime(store.file, old);
        file.look();
        file.look();
        has(file, "c@klinik.example").isTrue();
    }

    @Test
    void aBrokenLineShouldKeepTheOldSet() throws IOException {
        store.write("a@klinik.example", "b@klinik.example");
        MemberFile file = open();
        store.write("a@klinik.example", "b@klinik.example", "c@klinik.example", "oops");
        file.readNow();
        has(file, "b@klinik.example").isTrue();
        has(file, "c@klinik.example").isFalse();
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.DEGRADED);
            assertThat(problem.message())
                    .contains(store.file + " line 4: unsupported entry \"oops\"")
                    .contains("The 2 entries read before stay in force.");
        });
        store.write("a@klinik.example", "b@klinik.example", "c@klinik.example");
        file.readNow();
        has(file, "c@klinik.example").isTrue();
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void aFileThatVanishesShouldKeepTheOldSet() throws IOException {
        store.write("a@klinik.example");
        MemberFile file = open();
        Files.delete(store.file);
        file.look();
        file.look();
        has(file, "a@klinik.example").isTrue();
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("it does not exist"));
        store.write("a@klinik.example", "b@klinik.example");
        file.look();
        file.look();
        has(file, "b@klinik.example").isTrue();
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void halfOfTheEntriesMayGo() throws IOException {
        store.writeMembers(10);
        MemberFile file = open();
        store.writeMembers(5);
        file.readNow();
        has(file, "member7@klinik.example").isFalse();
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void moreThanHalfOfTheEntriesShouldNeedAConfirmation() throws IOException {
        store.writeMembers(10);
        MemberFile file = open();
        store.writeMembers(4);
        file.readNow();
        has(file, "member7@klinik.example").isTrue();
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("has 4 entries, had 10")
                .contains("sha256sum " + store.file + " > " + store.file + ".confirm"));
        store.confirm(store.file);
        file.look();
        file.look();
        has(file, "member7@klinik.example").isFalse();
        has(file, "member3@klinik.example").isTrue();
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void aConfirmationShouldNotConfirmAnotherFile() throws IOException {
        store.writeMembers(10);
        MemberFile file = open();
        store.writeMembers(4);
        store.confirm(store.file);
        store.writeMembers(3);
        file.readNow();
        has(file, "member7@klinik.example").isTrue();
    }

    @Test
    void anEmptiedFileShouldNeedAConfirmation() throws IOException {
        store.write("a@klinik.example");
        MemberFile file = open();
        store.write("# nobody");
        file.readNow();
        has(file, "a@klinik.example").isTrue();
        store.confirm(store.file);
        file.readNow();
        has(file, "a@klinik.example").isFalse();
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void aFileThatIsEmptyFromTheStartShouldBeReportedUntilConfirmed() throws IOException {
        store.write("# nobody yet");
        assertThat(open().problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("it has no entries")
                .contains("sha256sum"));
        store.confirm(store.file);
        assertThat(open().problems()).isEmpty();
    }

    @Test
    void aRestartShouldNotForgetHowManyEntriesThereWere() throws IOException {
        store.writeMembers(10);
        open();
        store.writeMembers(4);
        assertThatThrownBy(this::open)
                .isInstanceOf(MemberSourceException.class)
                .hasMessageContaining("has 4 entries, had 10")
                .hasMessageContaining("sha256sum " + store.file + " > " + store.file + ".confirm");
        // a failed start is no confirmation
        assertThatThrownBy(this::open).isInstanceOf(MemberSourceException.class);
        store.confirm(store.file);
        has(open(), "member3@klinik.example").isTrue();
        Files.delete(Confirmation.besides(store.file));
        has(open(), "member3@klinik.example").isTrue();
    }

    @Test
    void whatCannotBeRememberedShouldBeReported() throws IOException {
        store.write("a@klinik.example");
        Files.writeString(store.state(), "a file where a directory should be");
        MemberFile file = open();
        has(file, "a@klinik.example").isTrue();
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("cannot be remembered"));
    }

    @Test
    void aConfirmationShouldBeReadAsSha256sumWritesIt() throws IOException {
        Path file = directory.resolve("odd \n name's.txt");
        String sum = "0123456789abcdef".repeat(4);
        for (String text :
                List.of(sum, sum + "\n", sum + "  x\n", "\\" + sum + "  odd\\n\n", sum.replace('a', 'A') + " *x")) {
            Files.writeString(Confirmation.besides(file), text);
            assertThat(Confirmation.isGiven(file, sum)).as(text).isTrue();
        }
        for (String text : List.of("", "x", sum + "0", sum.replace('a', 'b'), sum.substring(1), "x " + sum)) {
            Files.writeString(Confirmation.besides(file), text);
            assertThat(Confirmation.isGiven(file, sum)).as(text).isFalse();
        }
        assertThat(Confirmation.command(Path.of("my dir", "it's")))
                .isEqualTo("sha256sum 'my dir/it'\\''s' > 'my dir/it'\\''s.confirm'");
    }

    @Test
    void stateShouldBePrivateAndDamageShouldCountAsAbsent() throws IOException {
        StateDirectory state = new StateDirectory(store.state());
        assertThat(state.read("x", "kind 1")).isEmpty();
        state.write("x", "kind 1", "text\nsha256 in it\n");
        assertThat(state.read("x", "kind 1")).contains("text\nsha256 in it\n");
        assertThat(state.read("x", "kind 2")).isEmpty();
        assertThat(new TreeSet<>(Files.getPosixFilePermissions(state.path("x"))).toString())
                .isEqualTo("[OWNER_READ, OWNER_WRITE]");
        String whole = Files.readString(state.path("x"));
        for (String damaged : List.of(
                "", "kind 1\n", whole.replace("text", "test"), whole.substring(0, whole.length() - 1), whole + "x")) {
            Files.writeString(state.path("x"), damaged);
            assertThat(state.read("x", "kind 1")).as(damaged).isEmpty();
        }
        assertThat(store.state().toFile().list()).containsExactly("x");
    }
}
