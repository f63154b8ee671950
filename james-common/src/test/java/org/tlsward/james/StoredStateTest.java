/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.james.filesystem.api.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/** What an operator has stopped or held, as an earlier release has stored it. */
class StoredStateTest {
    private static final Path STORED = Path.of("src", "test", "resources", "stored", "0.1", "tlsward");
    private static final Map<String, Instant> HELD = Map.of(
            "partner.example",
            Instant.parse("2026-11-22T12:00:00Z"),
            "lab.example",
            Instant.parse("2026-11-22T12:00:00.123Z"));

    @TempDir
    Path root;

    private Path state;

    @Test
    @EnabledIfSystemProperty(named = "tlsward.samples", matches = "write")
    void make() throws IOException {
        HeldDestinations held = new HeldDestinations(STORED.resolve("held-destinations"));
        for (Map.Entry<String, Instant> each : HELD.entrySet()) {
            held.add(each.getKey(), each.getValue());
        }
    }

    @BeforeEach
    void copy() throws IOException {
        state = Files.createDirectories(root.resolve("var").resolve("tlsward"));
        Path conf = Files.createDirectories(root.resolve("conf"));
        Files.writeString(
                conf.resolve("tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        for (String name : new String[] {"held-destinations", "emergency-stops"}) {
            if (Files.exists(STORED.resolve(name))) {
                Files.copy(STORED.resolve(name), state.resolve(name));
            }
        }
    }

    @Test
    void heldDestinationsShouldBeRead() {
        assertThat(new HeldDestinations(state.resolve("held-destinations")).all())
                .isEqualTo(HELD);
    }

    @Test
    void heldDestinationsWithoutAVersionShouldBeRead() throws IOException {
        Path file = Files.writeString(state.resolve("old"), "lab.example 2026-11-22T12:00:00Z\n");

        assertThat(new HeldDestinations(file).all()).containsOnlyKeys("lab.example");
        assertThat(new HeldDestinations(Files.writeString(file, "")).all()).isEmpty();
    }

    /** Mail that is held must not go out because nobody can read what is held. */
    @Test
    void heldDestinationsOfANewerVersionShouldStopTheStart() throws IOException {
        Path file = state.resolve("held-destinations");
        Files.writeString(file, Files.readString(file).replaceFirst("tlsward-held 1", "tlsward-held 2"));
        String newer = Files.readString(file);

        assertThatThrownBy(() -> new HeldDestinations(file))
                .hasMessageContaining("held-destinations")
                .hasMessageContaining("version 2")
                .hasMessageContaining("expected: version 1");
        assertThat(file).hasContent(newer);
    }

    /** The first form, which had no version. */
    @Test
    void emergencyStopsShouldBeRead() {
        EmergencyStops stops = new EmergencyStops(files(), new WardHealth(new Ward(files())));

        assertThat(stops.inForce()).hasSize(3).extracting(EmergencyStop::what).contains(What.CLASS, What.ALL);
        assertThat(stops.inForce().get(0)).satisfies(stop -> {
            assertThat(stop.name()).isEqualTo("medical");
            assertThat(stop.why()).isEqualTo("Schlüssel \"weg\"");
            assertThat(stop.by()).isEqualTo("anna");
            assertThat(stop.since()).isEqualTo(Instant.parse("2027-03-01T12:00:00Z"));
        });
    }

    private FileSystem files() {
        return new FileSystem() {
            @Override
            public InputStream getResource(String url) throws IOException {
                return Files.newInputStream(getFile(url).toPath());
            }

            @Override
            public File getFile(String url) {
                return root.resolve(url.substring("file://".length())).toFile();
            }

            @Override
            public File getBasedir() {
                return root.toFile();
            }
        };
    }
}
