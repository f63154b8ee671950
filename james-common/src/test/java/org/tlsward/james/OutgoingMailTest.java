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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.filesystem.api.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingMailTest {
    @TempDir
    Path root;

    private final List<Optional<String>> retried = new ArrayList<>();
    private WardHealth health;
    private OutgoingMail outgoing;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("conf"));
        Files.writeString(
                root.resolve("conf/tlsward.xml"),
                "<tlsward><classes default=\"general\"><class name=\"general\"/></classes></tlsward>");
        outgoing = open();
    }

    private OutgoingMail open() {
        health = new WardHealth(new Ward(files()));
        OutgoingMail opened = new OutgoingMail(files(), health);
        opened.add(new OutgoingMail.Source() {
            @Override
            public List<WaitingMail> waiting(Optional<String> destination, int most) {
                return List.of(mail("late", "nah.example", 2), mail("soon", "fern.example", 1)).stream()
                        .filter(mail -> destination.map(mail::isFor).orElse(true))
                        .limit(most)
                        .toList();
            }

            @Override
            public long size() {
                return 2;
            }

            @Override
            public long retryNow(Optional<String> destination) {
                retried.add(destination);
                return 3;
            }
        });
        return opened;
    }

    private static WaitingMail mail(String name, String domain, long second) {
        return new WaitingMail(
                name,
                "out",
                Optional.empty(),
                List.of("a@" + domain),
                List.of(domain),
                "encrypt",
                List.of(),
                1,
                Optional.of(Instant.ofEpochSecond(second)),
                "");
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

    private Path file() {
        return root.resolve("var/tlsward/held-destinations");
    }

    @Test
    void aHoldShouldSurviveARestartAndBeInTheHealthCheck() throws Exception {
        assertThat(outgoing.hold("Fern.EXAMPLE")).isTrue();
        assertThat(outgoing.hold("fern.example")).as("held already").isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        OutgoingMail again = open();
        assertThat(again.isHeld("FERN.example")).isTrue();
        assertThat(again.isHeld("other.fern.example")).isFalse();
        assertThat(again.held()).containsOnlyKeys("fern.example");
        assertThat(health.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("fern.example"));

        assertThat(again.resume("fern.example")).isTrue();
        assertThat(again.resume("fern.example")).isFalse();
        assertThat(retried).containsExactly(Optional.of("fern.example"));
        assertThat(open().isHeld("fern.example")).isFalse();
        assertThat(health.problems())
                .noneSatisfy(problem -> assertThat(problem.message()).contains("fern.example"));
    }

    @Test
    void aBrokenFileShouldStopTheStart() throws Exception {
        Files.createDirectories(file().getParent());
        for (String broken : List.of("fern.example", "fern.example yesterday", " 2027-03-01T12:00:00Z")) {
            Files.writeString(file(), broken + "\n");
            assertThatThrownBy(this::open)
                    .as(broken)
                    .hasMessageContaining("held-destinations: unsupported line")
                    .hasMessageContaining("expected: ");
        }
    }

    @Test
    void whatCannotBeWrittenDownShouldNotBeHeld() throws Exception {
        Files.createDirectories(root.resolve("var/tlsward/held-destinations/in-the-way"));
        assertThatThrownBy(this::open).hasMessageContaining("held-destinations");
        Files.delete(root.resolve("var/tlsward/held-destinations/in-the-way"));
        Files.delete(file());
        OutgoingMail fresh = open();
        Files.createDirectories(root.resolve("var/tlsward/held-destinations/in-the-way"));
        assertThatThrownBy(() -> fresh.hold("fern.example")).isInstanceOf(IOException.class);
        assertThat(fresh.isHeld("fern.example")).isFalse();
    }

    @Test
    void theListShouldBeInTheOrderOfTime() throws Exception {
        assertThat(outgoing.waiting(Optional.empty(), 10))
                .extracting(WaitingMail::name)
                .containsExactly("soon", "late");
        assertThat(outgoing.waiting(Optional.of("FERN.example"), 1))
                .extracting(WaitingMail::name)
                .containsExactly("soon");
        assertThat(outgoing.retryNow(Optional.of("NAH.example"))).isEqualTo(3);
        assertThat(retried).containsExactly(Optional.of("nah.example"));
    }
}
