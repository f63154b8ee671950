/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.mtasts.StsWorld.DOMAIN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.mtasts.StsAnswer.Known;
import org.tlsward.mtasts.StsAnswer.LookupFailed;
import org.tlsward.mtasts.StsAnswer.None;
import org.tlsward.mtasts.StsPolicy.Mode;
import org.tlsward.policy.IpNetwork;
import org.tlsward.testing.TestCa;

/** What a restart leaves. */
class StsCacheDiskTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final StsWorld world = new StsWorld();
    private Path directory;

    @TempDir
    Path parent;

    @BeforeEach
    void directory() {
        directory = parent.resolve("var").resolve("tlsward-mtasts");
        world.publishes("1");
        world.serves(Mode.ENFORCE, WEEK);
    }

    private Path file() {
        return directory.resolve(DOMAIN + ".sts");
    }

    @Test
    void aPolicyShouldSurviveARestart() {
        StsAnswer before = world.open(directory).of(DOMAIN);
        world.dnsFails();
        world.hostFails();
        world.clock.advance(WEEK.minusSeconds(1));
        StsCache cache = world.open(directory);
        assertThat(cache.of(DOMAIN)).isEqualTo(before).isInstanceOf(Known.class);
        assertThat(cache.problems()).isEmpty();

        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.open(directory).of(DOMAIN)).isInstanceOf(LookupFailed.class);
    }

    /** The real fetcher, and a real policy host that is gone after the restart. */
    @Test
    @Timeout(60)
    void aPolicyShouldRuleWithoutItsHost() {
        TestCa ca = TestCa.today();
        String name = "mta-sts." + DOMAIN;
        world.dns.host(name, "127.0.0.1");
        int port;
        try (PolicyHost host = new PolicyHost(ca.good(name), PolicyHost.serves(StsWorld.text(Mode.ENFORCE, WEEK)));
                StsCache cache = real(ca, host.port())) {
            port = host.port();
            assertThat(cache.of(DOMAIN)).isInstanceOf(Known.class);
        }
        world.publishes("2");
        try (StsCache cache = real(ca, port)) {
            assertThat(cache.of(DOMAIN)).isInstanceOfSatisfying(Known.class, known -> assertThat(
                            StsVerdict.about(known, "evil.example").name())
                    .isEqualTo("ENFORCE_MX_MISMATCH"));
        }
    }

    private StsCache real(TestCa ca, int port) {
        FetchSettings settings = new FetchSettings(port, Duration.ofSeconds(30), List.of(IpNetwork.parse("127.0.0.1")));
        return StsCache.open(
                world.dns,
                new HttpsPolicyFetcher(world.dns, TrustedCas.of(List.of(ca.root())), settings),
                directory,
                StsTiming.standard(Clock.systemUTC()));
    }

    @Test
    void filesShouldBeForTheirOwnerOnly() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        world.open(directory).of(DOMAIN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly(DOMAIN + ".sts");
        assertThat(Files.readAllLines(file())).startsWith("tlsward-mtasts 1", "domain " + DOMAIN, "id 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: enforce>mode: none",
                "tlsward-mtasts 1>tlsward-mtasts 2",
                "domain clinic>domain other",
                "2026>2027",
                "sha256 >sha256 0"
            })
    void aChangedFileShouldCountAsAbsentAndBeTold(String change) throws IOException {
        world.open(directory).of(DOMAIN);
        String[] words = change.split(">", 2);
        Files.writeString(file(), Files.readString(file()).replace(words[0], words[1]));

        StsCache cache = world.open(directory);
        assertThat(cache.remembered()).isEmpty();
        assertThat(cache.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.DEGRADED);
            assertThat(problem.message()).contains(file().toString());
        });
        assertThat(cache.of(DOMAIN)).isInstanceOf(Known.class); // fetched again, and written
        assertThat(cache.problems()).isEmpty();
        assertThat(world.open(directory).remembered()).hasSize(1);
    }

    @Test
    void noPartOfAFileShouldBeAPolicy() throws IOException {
        world.open(directory).of(DOMAIN);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 23) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(world.open(directory).remembered()).isEmpty();
        }
        Files.write(file(), new byte[] {(byte) 0xFF, 0, 10});
        StsCache cache = world.open(directory);
        assertThat(cache.remembered()).isEmpty();
        Files.delete(file());
        assertThat(cache.problems()).isEmpty(); // the admin has done something about it
    }

    @Test
    void oneDamagedFileShouldNotCostTheOthers() throws IOException {
        StsCache first = world.open(directory);
        first.of(DOMAIN);
        Files.writeString(directory.resolve("other.example.sts"), "x");
        Files.copy(file(), directory.resolve("moved.example.sts")); // a policy is not another domain's
        Files.writeString(directory.resolve("new123.tmp"), "half");
        Files.writeString(directory.resolve("README"), "of the admin");

        assertThat(world.open(directory).remembered()).hasSize(1);
        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder(DOMAIN + ".sts", "other.example.sts", "moved.example.sts", "README");
    }

    /** Losing the cache is a downgrade. */
    @Test
    void aDiskThatCannotBeWrittenShouldBeToldUntilItCan() throws IOException {
        StsCache cache = world.open(directory);
        Files.delete(directory);
        Files.writeString(directory, "a file in its place");
        assertThat(cache.of(DOMAIN)).isInstanceOf(Known.class);
        assertThat(cache.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.UNHEALTHY);
            assertThat(problem.message()).contains("cannot be written to " + directory);
        });
        cache.tick();
        assertThat(cache.problems()).hasSize(1);

        Files.delete(directory);
        cache.tick();
        assertThat(cache.problems()).isEmpty();
        assertThat(world.open(directory).remembered()).hasSize(1);
    }

    @Test
    void aDirectoryThatCannotBeReadShouldBeTold() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "a file in its place");

        StsCache cache = world.open(directory);
        assertThat(cache.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.UNHEALTHY);
            assertThat(problem.message()).contains("cannot be read");
        });
        assertThat(cache.of(DOMAIN)).isInstanceOf(Known.class);
    }

    @Test
    void whatEndedLongAgoShouldBeForgotten() {
        StsCache cache = world.open(directory);
        cache.of(DOMAIN);
        world.publishesNothing();
        world.clock.advance(WEEK.plus(Duration.ofDays(29)));
        cache.tick();
        assertThat(file()).exists();

        world.clock.advance(Duration.ofDays(1));
        cache.tick();
        assertThat(file()).doesNotExist();
        assertThat(cache.of(DOMAIN)).isEqualTo(new None());
    }
}
