/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.james.filesystem.api.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem;
import org.tlsward.james.EmergencyStops.Change;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

class EmergencyStopsTest {
    private static final EmergencyStop MEDICAL = new EmergencyStop(
            What.CLASS, "medical", "Schlüssel \"weg\"", "anna", Instant.parse("2027-03-01T12:00:00Z"));
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final Duration HOURS = Duration.ofHours(2);
    private static final EmergencyStop ALL =
            new EmergencyStop(What.ALL, "", "drill", "bob", Instant.parse("2027-03-01T12:01:00Z"));

    @TempDir
    Path root;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong(-1_000_000_000_000L);
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
        return new EmergencyStops(files(), health, clock(), nanos::get);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    /** Time passes as it should: both clocks see it. */
    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
        nanos.addAndGet(time.toNanos());
    }

    private static EmergencyStop noTls(Duration length) {
        return new EmergencyStop(What.NO_TLS, "", "a hole", "anna", NOON, Optional.of(NOON.plus(length)));
    }

    private EmergencyDesk desk() {
        Ward ward = new Ward(files());
        return new EmergencyDesk(
                stops, new WardEvidence(files(), ward, health), new OutgoingMail(files(), health), clock());
    }

    private String evidence() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.walk(root.resolve("var/evidence"))) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(each, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    private Path file() {
        return root.resolve("var/tlsward/emergency-stops");
    }

    @Test
    void aStopShouldSurviveARestartAndBeInTheHealthCheck() throws Exception {
        assertThat(stops.stop(MEDICAL)).isEqualTo(Change.STOPPED);
        assertThat(stops.stop(ALL)).isEqualTo(Change.STOPPED);
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
                .isEqualTo(Change.NONE);
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
        assertThat(stops.stop(MEDICAL)).as("once more").isEqualTo(Change.NONE);
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
                good.replace("2027", "yesterday"),
                good.replace("class", "no-tls"))) {
            Files.writeString(file(), broken);
            assertThatThrownBy(this::open)
                    .as(broken)
                    .hasMessageContaining("emergency-stops cannot be read")
                    .hasMessageContaining("expected: ");
        }
    }

    @Test
    void itShouldBeOverAtItsEndWithoutAnybodyLookingAtTheClock() throws Exception {
        stops.stop(noTls(HOURS));
        stops.stop(MEDICAL);
        pass(HOURS.minusSeconds(1));
        assertThat(stops.tlsLimits().off()).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(stops.tlsLimits().off()).isEmpty();
        assertThat(stops.inForce()).containsExactly(MEDICAL);
        assertThat(stops.problems()).hasSize(1);
    }

    /** Neither a sleeping machine, whose other clock stands still, nor a clock that is set back keeps it alive; and nothing revives it. */
    @Test
    void noClockShouldProlongIt() throws Exception {
        stops.stop(noTls(HOURS));
        now.set(NOON.plus(HOURS));
        assertThat(stops.inForce()).as("slept").isEmpty();
        now.set(NOON.plusSeconds(1));
        assertThat(stops.inForce()).as("set back after its end").isEmpty();

        now.set(NOON);
        stops.stop(noTls(HOURS));
        now.set(NOON.minus(Duration.ofDays(1)));
        nanos.addAndGet(HOURS.toNanos() - 1);
        assertThat(stops.inForce()).as("set back, its time has not passed").hasSize(1);
        nanos.addAndGet(1);
        assertThat(stops.inForce()).as("set back").isEmpty();
    }

    @Test
    void aRestartShouldNeitherForgetItNorItsEnd() throws Exception {
        stops.stop(noTls(HOURS));
        pass(Duration.ofHours(1));
        stops = open();
        assertThat(stops.inForce()).containsExactly(noTls(HOURS));
        now.set(NOON.minus(Duration.ofDays(1)));
        stops = open();
        nanos.addAndGet(HOURS.toNanos());
        assertThat(stops.inForce()).as("the clock was set back meanwhile").isEmpty();

        now.set(NOON.plus(HOURS));
        stops = open();
        assertThat(stops.inForce()).as("it ended while nobody ran").isEmpty();
        desk().tick();
        assertThat(evidence())
                .contains("\"action\":\"ended\",\"what\":\"no-tls\"", "\"until\":\"2027-03-01T14:00:00Z\"");
        assertThat(open().endOverdue()).as("told once").isEmpty();
    }

    @Test
    void itsEndShouldBeMovedOnlyAway() throws Exception {
        stops.stop(noTls(HOURS));
        assertThat(stops.stop(noTls(Duration.ofHours(1)))).isEqualTo(Change.NONE);
        assertThat(stops.inForce()).containsExactly(noTls(HOURS));
        pass(Duration.ofHours(1));
        assertThat(stops.stop(noTls(Duration.ofHours(4)))).isEqualTo(Change.EXTENDED);
        pass(Duration.ofHours(3).minusSeconds(1));
        assertThat(stops.inForce()).containsExactly(noTls(Duration.ofHours(4)));
        pass(Duration.ofSeconds(1));
        assertThat(stops.inForce()).isEmpty();
        assertThat(stops.stop(noTls(Duration.ofHours(9)))).as("a new one").isEqualTo(Change.STOPPED);
    }

    @Test
    void whoHasToKnowShouldBeToldOfEveryChange() throws Exception {
        List<Boolean> seen = new ArrayList<>();
        stops.onChange(() -> seen.add(stops.tlsLimits().off().isPresent()));
        stops.onChange(() -> {
            throw new IllegalStateException("a listener that is broken");
        });
        stops.stop(noTls(HOURS));
        stops.stop(noTls(HOURS));
        stops.resume(What.NO_TLS, "", "anna");
        stops.stop(noTls(HOURS));
        pass(HOURS);
        stops.endOverdue();
        stops.endOverdue();
        assertThat(seen).containsExactly(true, false, true, false);
    }

    @Test
    void everythingShouldBeEvidence() throws Exception {
        EmergencyDesk desk = desk();
        desk.stop(noTls(HOURS));
        desk.stop(new EmergencyStop(
                What.NO_TLS, "", "not mended yet", "bob", NOON.plusSeconds(60), Optional.of(NOON.plusSeconds(9000))));
        desk.stop(MEDICAL);
        assertThat(desk.resume(What.CLASS, "medical", "bob")).isTrue();
        assertThat(desk.resume(What.CLASS, "medical", "bob")).isFalse();
        pass(Duration.ofMinutes(150));
        desk.tick();
        desk.tick();
        assertThat(evidence())
                .contains(
                        "\"action\":\"stop\",\"what\":\"no-tls\",\"name\":\"\",\"by\":\"anna\",\"why\":\"a hole\",\"until\":\"2027-03-01T14:00:00Z\"",
                        "\"action\":\"extend\",\"what\":\"no-tls\",\"name\":\"\",\"by\":\"bob\",\"why\":\"not mended yet\",\"until\":\"2027-03-01T14:30:00Z\"",
                        "\"action\":\"resume\",\"what\":\"class\"")
                .containsOnlyOnce("\"action\":\"ended\"")
                .containsOnlyOnce("\"action\":\"extend\"");
    }

    /** What an earlier release has written; what a later one may write is not guessed at. */
    @Test
    void theFileOfTheFirstVersionShouldBeRead() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(
                file(),
                "{\"what\":\"all\",\"name\":\"\",\"why\":\"drill\",\"by\":\"bob\",\"since\":\"2027-03-01T12:01:00Z\"}\n");
        assertThat(open().inForce()).containsExactly(ALL);
        stops = open();
        stops.stop(noTls(HOURS));
        assertThat(Files.readString(file())).startsWith("{\"format\":\"tlsward-emergency\",\"version\":2}\n");
        Files.writeString(file(), Files.readString(file()).replace("\"version\":2", "\"version\":3"));
        assertThatThrownBy(this::open).hasMessageContaining("unsupported format");
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
