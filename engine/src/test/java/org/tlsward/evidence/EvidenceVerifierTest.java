/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.EvidenceVerifier.Verification;
import org.tlsward.evidence.Finding.Kind;
import org.tlsward.testing.SettableClock;

class EvidenceVerifierTest {
    private static final String DAY_1 = "evidence-2026-11-22.jsonl";
    private static final String DAY_2 = "evidence-2026-11-23.jsonl";

    /** Day 1: start and lines 2 to 9; day 2: lines 10 to 14. */
    private static byte[] day1 = new byte[0];

    private static byte[] day2 = new byte[0];
    private static String head = "";

    @TempDir
    Path directory;

    @BeforeContainer
    @org.junit.jupiter.api.BeforeAll
    static void write() throws IOException {
        if (day1.length > 0) {
            return;
        }
        Path directory = Files.createTempDirectory("evidence");
        SettableClock clock = new SettableClock(Samples.NOON);
        try (EvidenceLog log = EvidenceLog.open(directory, AddressForm.PLAIN, clock)) {
            for (int number = 2; number <= 14; number++) {
                if (number == 10) {
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
        assertThat(verification.lines()).isEqualTo(14);
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
    void aRemovedDayShouldBeFound() throws Exception {
        assertFinding(verify(new byte[0], day2), Kind.BEGINS_LATE, DAY_2, 1);
        assertThat(verify(day1, new byte[0], Optional.of(head)).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.OTHER_END);
    }

    @Test
    void aCutEndShouldBeFoundByWhoRemembersTheHead() throws Exception {
        byte[] cut = change(day2, lines -> lines.subList(0, 2));
        assertThat(verify(day1, cut).findings()).isEmpty();
        assertThat(verify(day1, cut, Optional.of(head)).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.OTHER_END);
    }

    @Test
    void anOlderHeadShouldStillBeThereWhenTheLogHasGrown() throws Exception {
        String older = verify(day1, change(day2, lines -> lines.subList(0, 2))).head();
        assertThat(verify(day1, day2, Optional.of(older)).findings()).isEmpty();
    }

    @Test
    void aLineWithoutItsEndShouldBeUnfinished() throws Exception {
        byte[] torn = new String(day2, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        assertFinding(verify(day1, torn), Kind.UNFINISHED, DAY_2, 5);
    }

    @Property(tries = 400)
    void anyByteThatIsChangedAddedOrRemovedShouldBeFound(
            @ForAll @IntRange(min = 0, max = 1_000_000) int place,
            @ForAll byte octet,
            @ForAll @IntRange(min = 0, max = 2) int kind)
            throws IOException {
        int at = place % (day1.length + day2.length);
        boolean first = at < day1.length;
        byte[] original = first ? day1 : day2;
        int offset = first ? at : at - day1.length;
        byte[] changed = changeByte(original, offset, octet, kind);
        if (java.util.Arrays.equals(changed, original)) {
            return;
        }
        Path temporary = Files.createTempDirectory("evidence");
        Files.write(temporary.resolve(DAY_1), first ? changed : day1);
        Files.write(temporary.resolve(DAY_2), first ? day2 : changed);
        Verification verification = EvidenceVerifier.verify(temporary, Optional.of(head));
        Files.delete(temporary.resolve(DAY_1));
        Files.delete(temporary.resolve(DAY_2));
        Files.delete(temporary);
        assertThat(verification.isSound()).isFalse();
    }

    private static byte[] changeByte(byte[] original, int offset, byte octet, int kind) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(original, 0, offset);
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
        return verify(first, second, Optional.empty());
    }

    private Verification verify(byte[] first, byte[] second, Optional<String> remembered) throws IOException {
        Files.write(directory.resolve(DAY_1), first);
        Files.write(directory.resolve(DAY_2), second);
        return EvidenceVerifier.verify(directory, remembered);
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
