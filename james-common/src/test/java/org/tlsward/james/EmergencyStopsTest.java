/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.apache.james.filesystem.api.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

class EmergencyStopsTest {
    private static final EmergencyStop MEDICAL = new EmergencyStop(
            What.CLASS, "medical", "Schlüssel \"weg\"", "anna", Instant.parse("2027-03-01T12:00:00Z"));
    private static final EmergencyStop ALL =
            new EmergencyStop(What.ALL, "", "drill", "bob", Instant.parse("2027-03-01T12:01:00Z"));

    @TempDir
    Path root;

    private WardHealth health;
    private EmergencyStops stops;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("conf"));
        Files.writeString(
                root.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        stops = open();
    }

    private EmergencyStops open() {
        health = new WardHealth(new Ward(files()));
        return new EmergencyStops(files(), health);
    }

    private Path file() {
        return root.resolve("var/tlsward/emergency-stops");
    }

    @Test
    void aStopShouldSurviveARestartAndBeInTheHealthCheck() throws Exception {
        assertThat(stops.stop(MEDICAL)).isTrue();
        assertThat(stops.stop(ALL)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        EmergencyStops again = open();
        assertThat(again.inForce()).containsExactly(MEDICAL, ALL);
        assertThat(health.problems()).extracting(HealthProblem::message).anySatisfy(message -> assertThat(message)
                .contains("class medical", "anna", "2027-03-01T12:00:00Z", "Schlüssel \"weg\""));

        assertThat(again.resume(What.CLASS, "medical", "bob")).isTrue();
        assertThat(again.resume(What.CLASS, "medical", "bob")).isFalse();
        assertThat(again.inForce()).containsExactly(ALL);
        assertThat(open().inForce()).containsExactly(ALL);
    }

    @Test
    void theFirstStopShouldStay() throws Exception {
        stops.stop(MEDICAL);
        assertThat(stops.stop(new EmergencyStop(What.CLASS, "medical", "other", "bob", Instant.EPOCH)))
                .isFalse();
        assertThat(stops.inForce()).containsExactly(MEDICAL);
    }

    /** A full disk is no reason to go on sending; to send again what a restart would stop is none either. */
    @Test
    void whatCannotBeWrittenShouldBeStoppedAllTheSame() throws Exception {
        Files.createDirectories(file().resolve("in the way"));
        assertThatThrownBy(() -> stops.stop(MEDICAL)).isInstanceOf(IOException.class);
        assertThat(stops.inForce()).containsExactly(MEDICAL);
        assertThatThrownBy(() -> stops.resume(What.CLASS, "medical", "anna")).isInstanceOf(IOException.class);
        assertThat(stops.inForce()).containsExactly(MEDICAL);

        Files.delete(file().resolve("in the way"));
        Files.delete(file());
        assertThat(stops.stop(MEDICAL)).as("once more").isFalse();
        assertThat(open().inForce()).containsExactly(MEDICAL);
    }

    @Test
    void aBrokenFileShouldStopTheStart() throws Exception {
        stops.stop(MEDICAL);
        String good = Files.readString(file());
        for (String broken : List.of(
                "x\n",
                good + good.substring(0, 20),
                good.replace("class", "clas"),
                good.replace("2027", "yesterday"))) {
            Files.writeString(file(), broken);
            assertThatThrownBy(this::open)
                    .as(broken)
                    .hasMessageContaining("emergency-stops cannot be read")
                    .hasMessageContaining("expected: ");
        }
    }

    private FileSystem files() {
        return new FileSystem() {
            @Override
            public InputStream getResource(String url) throws IOException {
                return Files.newInputStream(getFile(url).toPath());
            }

            @Override
            public File getFile(String url) {
                return root.resolve(url.replaceFirst("file://", "")).toFile();
            }

            @Override
            public File getBasedir() {
                return root.toFile();
            }
        };
    }
}
