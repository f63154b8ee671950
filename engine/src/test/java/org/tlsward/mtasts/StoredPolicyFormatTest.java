/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.testing.StoredSamples;

/** MTA-STS policies that an earlier release has stored: to lose them would be a downgrade. */
class StoredPolicyFormatTest {
    private static final Path STORED = StoredSamples.of("0.1", "tlsward-mtasts");
    private static final String DOMAIN = "clinic.example";

    @TempDir
    Path parent;

    private Path directory;
    private StsStore store;

    private static HeldPolicy policy() {
        StsFetch fetched = StsPolicyText.parse(StsWorld.text(StsPolicy.Mode.ENFORCE, Duration.ofDays(7)));
        return new HeldPolicy(
                ((StsFetch.Fetched) fetched).policy(), "20261122T100000", Instant.parse("2026-11-22T10:00:00Z"));
    }

    @Test
    @EnabledIfSystemProperty(named = StoredSamples.MAKE, matches = "write")
    void make() throws IOException {
        new StsStore(STORED).save(DOMAIN, policy());
    }

    @BeforeEach
    void copy() throws IOException {
        directory = parent.resolve("tlsward-mtasts");
        store = new StsStore(directory);
        if (Files.exists(STORED)) {
            StoredSamples.copy(STORED, directory);
        }
    }

    @Test
    void policyShouldBeRead() throws IOException {
        assertThat(store.load()).containsOnlyKeys(DOMAIN).containsEntry(DOMAIN, policy());
        assertThat(store.damaged()).isEmpty();
    }

    @Test
    void newerVersionShouldBeRefusedAndKept() throws IOException {
        Path file = directory.resolve(DOMAIN + ".sts");
        StoredSamples.ofNextVersion(file, "tlsward-mtasts 1", "tlsward-mtasts 2");
        String newer = Files.readString(file);

        assertThat(store.load()).isEmpty();
        assertThat(store.damaged())
                .hasEntrySatisfying(file, why -> assertThat(why).contains("version 2", "expected: version 1"));
        assertThat(file).hasContent(newer);

        store.save(DOMAIN, policy());
        assertThat(directory.resolve(DOMAIN + ".sts.newer")).hasContent(newer);
        assertThat(new StsStore(directory).load()).containsEntry(DOMAIN, policy());
    }
}
