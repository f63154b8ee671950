/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import reactor.core.publisher.Mono;

class CertificateWatchTest {

    private static final Instant MADE = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock MADE_AT = Clock.fixed(MADE, ZoneOffset.UTC);
    private static final Instant END = MADE.plus(SelfSignedCertificate.VALIDITY);

    @TempDir
    Path directory;

    private final List<String> reloads = new ArrayList<>();
    private Instant now = MADE;
    private boolean serversRefuse;
    private PemFiles files;

    @BeforeEach
    void make() throws Exception {
        files = pair("server");
    }

    @Test
    void unchangedFilesShouldNotBeLoadedAgain() {
        CertificateWatch watch = watch(files);

        watch.look();

        assertThat(reloads).isEmpty();
        assertThat(watch.problems()).isEmpty();
    }

    @Test
    void newPairShouldBeLoadedOnce() throws Exception {
        CertificateWatch watch = watch(files);
        SelfSignedCertificate.forHost("new.klinik.example", MADE_AT).writeTo(files.key(), files.certificates());

        watch.look();
        watch.look();

        assertThat(reloads).containsExactly("CN=new.klinik.example");
        assertThat(watch.problems()).isEmpty();
    }

    @Test
    void halfReplacedPairShouldNotBeLoadedUntilItsOtherHalfIsThere() throws Exception {
        CertificateWatch watch = watch(files);
        PemFiles fresh = pair("fresh");
        Files.copy(fresh.certificates(), replace(files.certificates()));

        watch.look();

        assertThat(reloads).isEmpty();
        assertThat(watch.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.DEGRADED);
            assertThat(problem.message()).contains("the old one stays in force", "not of this private key");
        });

        Files.copy(fresh.key(), replace(files.key()));
        watch.look();

        assertThat(reloads).containsExactly("CN=fresh.klinik.example");
        assertThat(watch.problems()).isEmpty();
    }

    @Test
    void brokenFileShouldBeReportedUntilTheOldOneIsBack() throws Exception {
        CertificateWatch watch = watch(files);
        byte[] good = Files.readAllBytes(files.certificates());
        Files.writeString(files.certificates(), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");

        watch.look();
        assertThat(reloads).isEmpty();
        assertThat(watch.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains(files.certificates().toString()));

        Files.write(files.certificates(), good);
        watch.look();
        assertThat(reloads).isEmpty();
        assertThat(watch.problems()).isEmpty();
    }

    @Test
    void missingFileShouldBeReported() throws Exception {
        CertificateWatch watch = watch(files);
        Files.delete(files.key());

        watch.look();

        assertThat(reloads).isEmpty();
        assertThat(watch.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains(files.key().toString()));
    }

    @Test
    void oneBrokenPairShouldKeepTheServersFromLoadingAny() throws Exception {
        PemFiles other = pair("other");
        CertificateWatch watch = watch(files, other);
        SelfSignedCertificate.forHost("new.klinik.example", MADE_AT).writeTo(files.key(), files.certificates());
        Files.writeString(other.key(), "");

        watch.look();

        assertThat(reloads).isEmpty();
        assertThat(watch.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains(other.key().toString()));
    }

    @Test
    void reloadThatFailsShouldBeTriedAgain() throws Exception {
        CertificateWatch watch = watch(files);
        SelfSignedCertificate.forHost("new.klinik.example", MADE_AT).writeTo(files.key(), files.certificates());
        serversRefuse = true;

        watch.look();
        assertThat(watch.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("servers refuse"));

        serversRefuse = false;
        watch.look();
        assertThat(reloads).containsExactly("CN=new.klinik.example");
        assertThat(watch.problems()).isEmpty();
    }

    @Test
    void endOfValidityShouldBeAnnouncedThirtyDaysBefore() {
        CertificateWatch watch = watch(files);

        now = END.minus(Duration.ofDays(30)).minusSeconds(1);
        assertThat(watch.problems()).isEmpty();

        now = END.minus(Duration.ofDays(30));
        assertThat(watch.problems()).extracting(HealthProblem::severity).containsExactly(Severity.DEGRADED);

        now = END.minusSeconds(1);
        assertThat(watch.problems()).extracting(HealthProblem::severity).containsExactly(Severity.DEGRADED);

        now = END;
        assertThat(watch.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.UNHEALTHY);
            assertThat(problem.message()).contains("expired on " + END);
        });
    }

    @Test
    void certificateOfTheFutureShouldBeUnhealthy() {
        CertificateWatch watch = watch(files);

        now = MADE.minus(Duration.ofDays(1));

        assertThat(watch.problems()).extracting(HealthProblem::severity).containsExactly(Severity.UNHEALTHY);
    }

    @Test
    void healthCheckShouldFollowTheWorstProblem() {
        CertificateWatch watch = watch(files);
        CertificateHealthCheck check = new CertificateHealthCheck(watch);

        assertThat(Mono.from(check.check()).block().isHealthy()).isTrue();
        now = END.minus(Duration.ofDays(1));
        assertThat(Mono.from(check.check()).block().isDegraded()).isTrue();
        now = END;
        assertThat(Mono.from(check.check()).block().isUnHealthy()).isTrue();
    }

    private PemFiles pair(String name) throws Exception {
        PemFiles pair = new PemFiles(directory.resolve(name + "-key.pem"), directory.resolve(name + ".pem"), "");
        SelfSignedCertificate.forHost(name + ".klinik.example", MADE_AT).writeTo(pair.key(), pair.certificates());
        return pair;
    }

    private static Path replace(Path file) throws Exception {
        Files.delete(file);
        return file;
    }

    private CertificateWatch watch(CertificateFiles... watched) {
        InstantSource source = () -> now;
        return new CertificateWatch(List.of(watched), this::reload, source.withZone(ZoneOffset.UTC));
    }

    private void reload() throws Exception {
        if (serversRefuse) {
            throw new IllegalStateException("servers refuse");
        }
        reloads.add(files.load().leaf().getSubjectX500Principal().getName());
    }
}
