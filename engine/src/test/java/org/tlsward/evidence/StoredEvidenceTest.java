/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.EvidenceVerifier.Verification;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.testing.SettableClock;
import org.tlsward.testing.StoredSamples;

/** A log that an earlier release has written, with its public key: the private one was made for it and is nowhere. */
class StoredEvidenceTest {
    private static final Path STORED = StoredSamples.of("0.1", "var");
    private static final String DAY = "evidence-2026-11-22.jsonl";

    @TempDir
    Path root;

    private Path evidence;

    @Test
    @EnabledIfSystemProperty(named = StoredSamples.MAKE, matches = "write")
    void make() throws IOException {
        Path log = STORED.resolve("evidence");
        Files.createDirectories(STORED);
        SettableClock clock = new SettableClock(Samples.NOON);
        try (EvidenceLog open = EvidenceLog.open(EvidenceLog.Settings.usual(log), clock)) {
            open.append(List.of(Samples.delivered("a@partner.example")));
            clock.set("2026-11-23T00:00:01Z");
            open.append(List.of(Samples.delivered("b@partner.example")));
        }
        Files.delete(KeyDirectory.usualFor(log).resolve("signing-key.pem"));
    }

    @BeforeEach
    void copy() throws IOException {
        evidence = root.resolve("evidence");
        if (Files.exists(STORED)) {
            StoredSamples.copy(STORED, root);
        }
    }

    @Test
    void logShouldVerify() throws IOException {
        Verification verification = EvidenceVerifier.verify(evidence, Optional.empty());

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.lines()).isEqualTo(6);
        assertThat(verification.signatures().checkpoints()).isEqualTo(3);
    }

    @Test
    void entriesShouldBeRead() throws IOException {
        List<String> types = new ArrayList<>();
        EvidenceArchive archive = new EvidenceArchive(evidence);
        var reading = EvidenceArchive.read(List.copyOf(archive.days().values()), line -> types.add(line.type()));

        assertThat(reading.unreadable()).isZero();
        assertThat(types).containsExactly("start", "checkpoint", "attempt", "checkpoint", "attempt", "checkpoint");
    }

    /** Never taken for what it is not: it is told, and the file stays as it is. */
    @Test
    void lineOfANewerVersionShouldBeAFinding() throws IOException {
        Path file = evidence.resolve(DAY);
        Files.writeString(file, Files.readString(file).replaceFirst("\\{\"v\":1,\"seq\":3,", "{\"v\":2,\"seq\":3,"));
        String newer = Files.readString(file);

        assertThat(EvidenceVerifier.verify(evidence, Optional.empty()).isSound())
                .isFalse();
        assertThat(EvidenceArchive.read(file, line -> {}).unreadable()).isEqualTo(1);
        assertThat(file).hasContent(newer);
    }
}
