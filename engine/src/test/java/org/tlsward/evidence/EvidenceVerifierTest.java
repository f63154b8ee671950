/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.evidence.EvidenceVerifier.Verification;
import org.tlsward.evidence.Finding.Kind;
import org.tlsward.testing.SettableClock;

class EvidenceVerifierTest {
    private static final String DAY_1 = "evidence-2026-11-22.jsonl";
    private static final String DAY_2 = "evidence-2026-11-23.jsonl";

    /** Day 1: start, checkpoint and lines 3 to 10; day 2: checkpoint 11, lines 12 to 15, checkpoint. */
    private static byte[] day1 = new byte[0];

    private static byte[] day2 = new byte[0];
    private static String head = "";
    private static Path written = Path.of("");

    @TempDir
    Path temp;

    private Path directory = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        directory = temp.resolve("evidence");
        CopiedLog.copy(written, temp);
    }

    @BeforeContainer
    @org.junit.jupiter.api.BeforeAll
    static void write() throws IOException {
        if (day1.length > 0) {
            return;
        }
        written = Files.createTempDirectory("written");
        Path directory = written.resolve("evidence");
        SettableClock clock = new SettableClock(Samples.NOON);
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(directory), clock)) {
            for (int number = 3; number <= 14; number++) {
                if (number == 11) {
                    clock.set("2026-11-23T00:00:01Z");
                }
                log.append(List.of(Samples.delivered("user" + number + "@partner.example")));
            }
        }
        day1 = Files.readAllBytes(directory.resolve(DAY_1));
        day2 = Files.readAllBytes(directory.resolve(DAY_2));
        head = EvidenceVerifier.verify(directory, Optional.empty()).head();
    }

    @Test
    void anUntouchedChainShouldBeSound() throws Exception {
        Verification verification = verify(day1, day2);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.isSound()).isTrue();
        assertThat(verification.lines()).isEqualTo(16);
    }

    @Test
    void aChangedLineShouldBeNamed() throws Exception {
        assertFinding(verifyDay1(lines -> change(lines, 4, "user5", "user6")), Kind.CHANGED, DAY_1, 5);
        assertFinding(verifyDay1(lines -> change(lines, 8, "user9", "user8")), Kind.CHANGED, DAY_1, 9);
    }

    @Test
    void aLineThatIsNoJsonAnyMoreShouldBeNamed() throws Exception {
        assertFinding(verifyDay1(lines -> change(lines, 4, "{\"v\"", "v")), Kind.CHANGED, DAY_1, 5);
    }

    @Test
    void removedLinesShouldBeNamed() throws Exception {
        Verification verification = verifyDay1(lines -> {
            lines.remove(4);
            lines.remove(4);
            return lines;
        });
        assertFinding(verification, Kind.REMOVED, DAY_1, 5);
        assertThat(verification.findings().get(0).message()).contains("missing lines: 2");
    }

    @Test
    void aRepeatedLineShouldBeNamed() throws Exception {
        assertFinding(
                verifyDay1(lines -> {
                    lines.add(7, lines.get(2));
                    return lines;
                }),
                Kind.INSERTED,
                DAY_1,
                8);
    }

    @Test
    void anInsertedLineThatFitsTheOneBeforeShouldBeNamed() throws Exception {
        assertFinding(
                verifyDay1(lines -> {
                    lines.add(5, lines.get(5).replace("user6", "forged"));
                    return lines;
                }),
                Kind.INSERTED,
                DAY_1,
                6);
    }

    @Test
    void movedLinesShouldBeFound() throws Exception {
        Verification verification = verifyDay1(lines -> {
            Collections.swap(lines, 3, 4);
            return lines;
        });
        assertThat(verification.findings()).extracting(Finding::kind).contains(Kind.REMOVED, Kind.INSERTED);
    }

    @Test
    void aRemovedDayShouldBeFoundAndNamed() throws Exception {
        Files.delete(directory.resolve(DAY_1));
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::file)
                .containsExactly(tuple(Kind.BEGINS_LATE, DAY_2), tuple(Kind.MISSING_FILE, DAY_1));
        CopiedLog.copy(written, temp);
        Files.delete(directory.resolve(DAY_2));
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::file, Finding::line)
                .containsExactly(tuple(Kind.END_CUT, DAY_1, 10L));
        Files.delete(directory.resolve(DAY_1));
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.END_CUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void aCutEndShouldBeFound(int cut) throws Exception {
        Verification verification = verify(day1, change(day2, lines -> lines.subList(0, lines.size() - cut)));
        assertFinding(verification, Kind.END_CUT, DAY_2, 6 - cut);
        assertThat(verification.findings().get(0).message()).contains("missing lines: " + cut);
    }

    @Test
    void anEndThatWasCutBackToACheckpointShouldNotPassForTheHead() throws Exception {
        List<String> lines = List.of(new String(day2, StandardCharsets.UTF_8).split("\n"));
        Files.writeString(head(), (lines.get(0) + " ".repeat(1023)).substring(0, 1023) + "\n");
        assertThat(verify(day1, change(day2, all -> all.subList(0, 1))).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.NO_HEAD);
    }

    @Test
    void linesAddedWithoutTheKeyShouldBeFound() throws Exception {
        ChainLink end = new ChainLink(16, head);
        byte[] rest = LineEncoder.encode(json -> {
            json.writeStringField("time", "2026-11-23T00:00:02Z");
            json.writeStringField("type", "attempt");
        });
        byte[] added = CopiedLog.join(day2, end.opening(), rest);
        assertFinding(verify(day1, added), Kind.UNSIGNED, DAY_2, 7);
        Files.write(directory.resolve("evidence-2027-01-01.jsonl"), CopiedLog.join(end.opening(), rest));
        assertFinding(verify(day1, day2), Kind.UNSIGNED, "evidence-2027-01-01.jsonl", 1);
    }

    @Test
    void aHeadThatSomebodyTouchedShouldBeFound() throws Exception {
        byte[] sound = Files.readAllBytes(head());
        assertThat(sound).hasSize(SignedHead.BYTES);
        EvidenceKey key = EvidenceKey.read(head().resolveSibling(KeyDirectory.PUBLIC_KEY));
        for (int at = 0; at < sound.length; at++) {
            byte[] touched = sound.clone();
            touched[at] ^= 1;
            Files.write(head(), touched);
            assertThat(HeadFile.read(head(), key)).as("byte " + at).isInstanceOf(HeadFile.Damaged.class);
        }
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.NO_HEAD);
        Files.write(head(), CopiedLog.join(sound, new byte[] {'\n'}));
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.NO_HEAD);
        Files.delete(head());
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.NO_HEAD);
    }

    @Test
    void aChainRewrittenWithAnotherKeyShouldBeFound() throws Exception {
        Path forged = temp.resolve("forged");
        SettableClock clock = new SettableClock(Samples.NOON);
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(forged.resolve("evidence")), clock)) {
            log.append(List.of(Samples.delivered("forged@partner.example")));
        }
        Files.delete(directory.resolve(DAY_2));
        Files.copy(forged.resolve("evidence/" + DAY_1), directory.resolve(DAY_1), StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify().findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.OTHER_KEY, Kind.OTHER_KEY, Kind.END_CUT);
        Files.copy(forged.resolve("evidence-key/evidence-head"), head(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify().findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.OTHER_KEY, Kind.OTHER_KEY, Kind.NO_HEAD);
    }

    /** All that lies open was replaced, and fits. Only the private key tells whose it is. */
    @Test
    void aLogWithAPublicKeyOfItsOwnShouldBeFoundByWhoCanReadThePrivateKey() throws Exception {
        Path forged = temp.resolve("forged");
        SettableClock clock = new SettableClock(Samples.NOON);
        try (EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(forged.resolve("evidence")), clock)) {
            log.append(List.of(Samples.delivered("forged@partner.example")));
        }
        Path secret = head().resolveSibling(KeyDirectory.PRIVATE_KEY);
        Path own = Files.move(secret, temp.resolve("own.pem"));
        Files.delete(directory.resolve(DAY_2));
        Files.delete(forged.resolve("evidence-key").resolve(KeyDirectory.PRIVATE_KEY));
        CopiedLog.copy(forged, temp);
        assertThat(verify().findings()).isEmpty(); // so keep the fingerprint elsewhere
        Files.move(own, secret);
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::file)
                .containsExactly(tuple(Kind.OTHER_KEY, KeyDirectory.PUBLIC_KEY));
        Files.writeString(secret, "no key");
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.OTHER_KEY);
    }

    @Test
    void aChainRewrittenWithoutAKeyShouldBeFound() throws Exception {
        CopiedLog.rewrite(directory, (type, line) -> line.replace("user5", "forged"));
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::file, Finding::line)
                .containsExactly(
                        tuple(Kind.BAD_SIGNATURE, DAY_2, 1L),
                        tuple(Kind.BAD_SIGNATURE, DAY_2, 6L),
                        tuple(Kind.CHANGED, DAY_2, 6L));
    }

    @Test
    void aChainRewrittenWithoutItsCheckpointsShouldBeFound() throws Exception {
        CopiedLog.rewrite(directory, (type, line) -> type.equals("checkpoint") ? "" : line);
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::file, Finding::line)
                .containsExactly(tuple(Kind.END_CUT, DAY_2, 4L));
    }

    @Test
    void withoutAPublicKeyNothingShouldBeSaidToBeSound() throws Exception {
        Files.delete(KeyDirectory.usualFor(directory).resolve(KeyDirectory.PUBLIC_KEY));
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.NO_KEY);
        assertThat(verify().isSound()).isFalse();
    }

    @Test
    void aRememberedHeadShouldStillBeThereWhenTheLogHasGrown() throws Exception {
        assertThat(EvidenceVerifier.verify(directory, Optional.of(head)).findings())
                .isEmpty();
        String older = CopiedLog.sha256(new String(day1, StandardCharsets.UTF_8).split("\n", -1)[4] + "\n");
        assertThat(EvidenceVerifier.verify(directory, Optional.of(older)).findings())
                .isEmpty();
        assertThat(EvidenceVerifier.verify(directory, Optional.of("00".repeat(32)))
                        .findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.OTHER_END);
    }

    @Test
    void aLineWithoutItsEndShouldBeUnfinished() throws Exception {
        byte[] torn = new String(day2, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        assertThat(verify(day1, torn).findings())
                .extracting(Finding::kind, Finding::line)
                .contains(tuple(Kind.UNFINISHED, 6L));
    }

    @Property(tries = 250)
    void anyByteThatIsChangedAddedOrRemovedShouldBeFoundAndItsLineNamed(
            @ForAll @IntRange(min = 0, max = 1_000_000) int place,
            @ForAll byte octet,
            @ForAll @IntRange(min = 0, max = 2) int kind)
            throws IOException {
        int at = place % (day1.length + day2.length + 1);
        boolean first = at < day1.length;
        byte[] original = first ? day1 : day2;
        int offset = first ? at : at - day1.length;
        byte[] changed = changeByte(original, offset, octet, kind);
        if (java.util.Arrays.equals(changed, original)) {
            return;
        }
        Path temporary = Files.createTempDirectory("mutated");
        CopiedLog.copy(written, temporary);
        Path file = temporary.resolve("evidence").resolve(first ? DAY_1 : DAY_2);
        Files.write(file, changed);
        Verification verification = EvidenceVerifier.verify(temporary.resolve("evidence"), Optional.empty());
        CopiedLog.delete(temporary);
        assertThat(verification.isSound()).isFalse();
        assertThat(verification.findings())
                .extracting(Finding::file, Finding::line)
                .contains(tuple(file.getFileName().toString(), CopiedLog.lineAt(original, offset)));
    }

    private static byte[] changeByte(byte[] original, int offset, byte octet, int kind) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(original, 0, offset);
        if (offset == original.length) {
            changed.write(octet);
            return changed.toByteArray();
        }
        if (kind != 0) {
            changed.write(octet);
        }
        int rest = kind == 2 ? offset : offset + 1;
        changed.write(original, rest, original.length - rest);
        return changed.toByteArray();
    }

    private Verification verifyDay1(UnaryOperator<List<String>> change) throws IOException {
        return verify(change(day1, change), day2);
    }

    private Verification verify(byte[] first, byte[] second) throws IOException {
        Files.write(directory.resolve(DAY_1), first);
        Files.write(directory.resolve(DAY_2), second);
        return verify();
    }

    private Verification verify() throws IOException {
        return EvidenceVerifier.verify(directory, Optional.empty());
    }

    private Path head() {
        return KeyDirectory.usualFor(directory).resolve(KeyDirectory.HEAD);
    }

    private static byte[] change(byte[] file, UnaryOperator<List<String>> change) {
        List<String> lines = new ArrayList<>(List.of(new String(file, StandardCharsets.UTF_8).split("\n")));
        return (String.join("\n", change.apply(lines)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> change(List<String> lines, int index, String from, String to) {
        assertThat(lines.get(index)).contains(from);
        lines.set(index, lines.get(index).replace(from, to));
        return lines;
    }

    private static void assertFinding(Verification verification, Kind kind, String file, long line) {
        assertThat(verification.isSound()).isFalse();
        assertThat(verification.findings()).hasSize(1);
        Finding finding = verification.findings().get(0);
        assertThat(finding.kind()).isEqualTo(kind);
        assertThat(finding.file()).isEqualTo(file);
        assertThat(finding.line()).isEqualTo(line);
    }
}
