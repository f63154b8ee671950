/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.tlsward.testing.SmallZone;

/** What an admin has: the JAR and the script beside it. */
class PackagedJarIT {
    @Test
    void versionShouldBeThatOfTheBuild() throws Exception {
        CommandRun run = tlsward("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).matches("tlsward \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(\\d{4}-\\d\\d-\\d\\d\\)\\R");
    }

    @Test
    void badUsageShouldReachTheShell() throws Exception {
        CommandRun run = tlsward("nonsense");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).hasLineCount(1);
    }

    /** Configuration, DNS and JSON: the libraries are there. */
    @Test
    void commandsShouldFindTheirLibraries() throws Exception {
        assertThat(tlsward("config", "check", "--json", "--conf", "../conf").exit())
                .isZero();
        try (SmallZone zone = new SmallZone()) {
            CommandRun run = tlsward("check", "two.example", "--json", "--timeout", "2s", "--dns", zone.server());

            assertThat(run.exit()).isEqualTo(2); // no DNSSEC in this resolver
            assertThat(run.out()).contains("\"could-not-tell\"");
            assertThat(run.err()).isEmpty();
        }
    }

    /** Or the JVM would resolve the names of this machine through a library that does not know /etc/hosts. */
    @Test
    void jarShouldNotTakeOverTheResolverOfTheJvm() throws Exception {
        try (JarFile jar = new JarFile("target/tlsward.jar")) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("org/tlsward/cli/TlsWard.class")
                    .noneMatch(name -> name.startsWith("META-INF/services/") && name.contains("net.spi"));
        }
    }

    private static CommandRun tlsward(String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of("tlsward").toAbsolutePath().toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path errors = Path.of("target/tlsward.err");
        Process process = builder.redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CommandRun(process.exitValue(), out, java.nio.file.Files.readString(errors));
    }
}
