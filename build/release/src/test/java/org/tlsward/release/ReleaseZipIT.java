/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin downloads. */
class ReleaseZipIT {
    private static final long LARGEST_FILE = 16_000_000;
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\[\\]]+]\\(([^()\\s]+)\\)");

    @TempDir
    static Path target;

    private static Unpacked zip;

    @BeforeAll
    static void unpack() throws Exception {
        zip = Unpacked.into(target);
    }

    @Test
    void layoutShouldBeThatOfTheDocumentation() {
        assertThat(zip.entries())
                .allSatisfy(entry -> assertThat(entry.getName()).startsWith("tlsward-" + Unpacked.VERSION + "/"));
        assertThat(zip.names())
                .filteredOn(name -> !name.matches("(conf|docs|licenses)/.*"))
                .contains(
                        "README.md",
                        "LICENSE",
                        "NOTICE",
                        "CHANGELOG.md",
                        "THIRD-PARTY.md",
                        "james38/tlsward-james38.jar",
                        "james39/tlsward-james39.jar",
                        "bin/tlsward",
                        "bin/tlsward.cmd",
                        "bin/tlsward.jar",
                        "sbom/tlsward-" + Unpacked.VERSION + ".cdx.json")
                .hasSize(Files.exists(Unpacked.CHECKOUT.resolve("upgrade-instructions.md")) ? 12 : 11);
    }

    @Test
    void confAndDocsShouldBeThoseOfTheCheckout() throws Exception {
        Set<String> conf = filesOf("conf");
        assertThat(conf).contains("conf/demo-users", "conf/START-HERE.txt");
        conf.removeAll(Set.of("conf/demo-users", "conf/START-HERE.txt"));

        assertThat(zip.names()).filteredOn(name -> name.startsWith("conf/")).containsExactlyElementsOf(conf);
        assertThat(zip.names()).filteredOn(name -> name.startsWith("docs/")).containsExactlyElementsOf(filesOf("docs"));
        assertThat(zip.file("conf/tlsward.xml")).hasSameBinaryContentAs(Unpacked.CHECKOUT.resolve("conf/tlsward.xml"));
    }

    @Test
    void entriesShouldTellNothingOfTheBuild() {
        assertThat(zip.entries()).extracting(ZipArchiveEntry::getName).isSorted();
        LocalDateTime date =
                LocalDateTime.ofInstant(Instant.parse(System.getProperty("tlsward.timestamp")), ZoneOffset.UTC);
        assertThat(zip.entries()).allSatisfy(entry -> {
            assertThat(entry.getTimeLocal()).isEqualTo(date);
            boolean program = entry.getName().endsWith("/bin/tlsward");
            assertThat(entry.getUnixMode()).isEqualTo(program ? 0100755 : 0100644);
        });
    }

    @Test
    void checksumShouldBeThatOfTheZip() throws Exception {
        Path sum = Unpacked.RELEASE.resolve(zip.zip().getFileName() + ".sha256");

        assertThat(sum)
                .hasContent(Hashes.of("SHA-256", zip.zip()) + "  " + zip.zip().getFileName());
    }

    @Test
    void filesShouldNotGrowUnseen() throws Exception {
        for (String name : zip.names()) {
            assertThat(Files.size(zip.file(name))).as(name).isLessThan(LARGEST_FILE);
        }
    }

    @Test
    void commandShouldTellItsVersion() throws Exception {
        assertThat(tlsward("--version"))
                .matches("tlsward " + Pattern.quote(Unpacked.VERSION) + " \\(\\d{4}-\\d\\d-\\d\\d\\)\\R");
    }

    @Test
    void referenceConfigurationShouldBeAccepted() throws Exception {
        assertThat(tlsward("config", "check", "--conf", "conf").replaceAll("\\s+", " "))
                .contains("tlsward.xml: the server would start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"james38/tlsward-james38.jar", "james39/tlsward-james39.jar", "bin/tlsward.jar"})
    void jarShouldCarryLicenceAndNotice(String name) throws Exception {
        try (JarFile jar = new JarFile(zip.file(name).toFile())) {
            for (String text : List.of("LICENSE", "NOTICE")) {
                byte[] carried =
                        jar.getInputStream(jar.getEntry("META-INF/" + text)).readAllBytes();
                assertThat(new String(carried, StandardCharsets.UTF_8)).isEqualTo(Files.readString(zip.file(text)));
            }
            String main = name.startsWith("bin") ? "org/tlsward/cli/TlsWard" : "org/tlsward/james/TlsWardModule";
            assertThat(jar.getEntry(main + ".class")).isNotNull();
        }
    }

    @Test
    void linksShouldLeadSomewhere() throws Exception {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : zip.pages()) {
            for (var link : LINK.matcher(Files.readString(page).replaceAll("(?ms)^```.*?^```", ""))
                    .results()
                    .toList()) {
                links++;
                String where = link.group(1);
                boolean elsewhere = where.startsWith("https://") || where.startsWith("#");
                if (!elsewhere && !Files.exists(page.resolveSibling(where.replaceFirst("#.*", "")))) {
                    broken.add(page + ": " + where);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(20);
    }

    @Test
    void commandForWindowsShouldHaveItsLineEnds() throws Exception {
        String text = Files.readString(zip.file("bin/tlsward.cmd"));

        assertThat(text).startsWith("@echo off\r\n").contains("-jar \"%~dp0tlsward.jar\" %*\r\n");
        assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    }

    private static Set<String> filesOf(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(Unpacked.CHECKOUT.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .map(each -> Unpacked.CHECKOUT.relativize(each).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** By the start script; it must end well. */
    private static String tlsward(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(zip.file("bin/tlsward").toString()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(zip.folder().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TLSWARD_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
