/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bills of materials against the files themselves. */
class BomIT {
    private static final Path SERVER = Unpacked.CHECKOUT.resolve("james-docker/server/target");
    private static final Path BOM = Unpacked.RELEASE.resolve("tlsward-" + Unpacked.VERSION + ".cdx.json");
    private static final Path BOM_OF_SERVER =
            Unpacked.RELEASE.resolve("tlsward-server-" + Unpacked.VERSION + ".cdx.json");

    @TempDir
    static Path target;

    private static Unpacked zip;

    @BeforeAll
    static void unpack() throws Exception {
        zip = Unpacked.into(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsward-", "tlsward-server-"})
    void bomShouldFollowTheSchema(String name) throws Exception {
        Path file = Unpacked.RELEASE.resolve(name + Unpacked.VERSION + ".cdx.json");

        assertThat(new JsonParser().validate(file.toFile(), Version.VERSION_16)).isEmpty();
    }

    @Test
    void bomBesideTheZipShouldBeTheOneInside() {
        assertThat(zip.file("sbom/tlsward-" + Unpacked.VERSION + ".cdx.json")).hasSameBinaryContentAs(BOM);
    }

    /** Most libraries carry their coordinates; two are known by their packages. */
    @ParameterizedTest
    @ValueSource(strings = {"james38/tlsward-james38.jar", "james39/tlsward-james39.jar", "bin/tlsward.jar"})
    void bomShouldHaveWhatIsInsideAndNothingElse(String name) throws Exception {
        JsonNode bom = read(BOM);
        Set<String> told = stream(bom.get("dependencies"))
                .filter(each -> each.get("ref").asText().contains(name.replaceFirst(".*/", "") + "@"))
                .flatMap(each -> stream(each.get("dependsOn")))
                .map(each -> each.asText().replaceFirst("pkg:maven/(.*)/(.*)@(.*)\\?.*", "$1:$2:$3"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(carried(zip.file(name)));
        assertThat(inside(bom, name)).isEqualTo(told);
    }

    @Test
    void bomShouldTellWhatShips() throws Exception {
        for (String name : List.of("james38/tlsward-james38.jar", "james39/tlsward-james39.jar", "bin/tlsward.jar")) {
            assertThat(hashes(read(BOM))).contains(Hashes.of("SHA-256", zip.file(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsward-", "tlsward-server-"})
    void everyComponentShouldBeComplete(String name) throws Exception {
        JsonNode bom = read(Unpacked.RELEASE.resolve(name + Unpacked.VERSION + ".cdx.json"));

        assertThat(stream(bom.get("components"))).allSatisfy(component -> {
            assertThat(component.get("purl").asText()).startsWith("pkg:");
            assertThat(component.get("version").asText()).isNotEmpty();
            assertThat(component.get("hashes")).hasSize(2);
            assertThat(component.get("licenses")).hasSize(1);
        });
    }

    /** File by file, by their checksums. */
    @Test
    void bomOfTheServerShouldHaveEveryFileOfItsClassPath() throws Exception {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> libraries = Files.list(SERVER.resolve("lib"))) {
            for (Path each : libraries.toList()) {
                files.add(Hashes.of("SHA-256", each));
            }
        }
        files.add(Hashes.of("SHA-256", SERVER.resolve("tlsward-server.jar")));
        Set<String> insideOfOurs = stream(read(BOM_OF_SERVER).get("components"))
                .filter(component -> component.toString().contains("tlsward:inside"))
                .map(BomIT::sha256)
                .collect(Collectors.toSet());

        Set<String> told = hashes(read(BOM_OF_SERVER));
        told.removeAll(insideOfOurs);
        assertThat(told).containsAll(files).hasSameSizeAs(files);
        assertThat(files).hasSizeGreaterThan(300);
    }

    @Test
    void pageOfThirdPartiesShouldNameThemAllWithTheirTexts() throws Exception {
        String page = Files.readString(zip.file("THIRD-PARTY.md"));

        for (String name : List.of("james38/tlsward-james38.jar", "bin/tlsward.jar")) {
            for (String library : carried(zip.file(name))) {
                String[] parts = library.split(":", -1);
                assertThat(page).contains("(`" + parts[0] + ":" + parts[1] + "`) | " + parts[2] + " | ");
            }
        }
        assertThat(page.lines().filter(line -> line.contains("`) | ")))
                .allSatisfy(line -> assertThat(line).contains("](licenses/"));
        assertThat(page).contains("FastDoubleParser").contains("Apache-2.0, taken of");
    }

    /** What libraries under the Apache License want to be said is in our NOTICE; so are the names of all. */
    @Test
    void noticeShouldSayWhatTheNoticesOfLibrariesSay() throws Exception {
        String ours = words(Files.readString(zip.file("NOTICE")));
        int lines = 0;
        for (String name : zip.names()) {
            if (name.matches("licenses/.*/NOTICE.*")) {
                for (String line : Files.readAllLines(zip.file(name))) {
                    if (line.startsWith("Copyright")) {
                        lines++;
                        assertThat(ours).as(name).contains(words(line));
                    }
                }
            }
        }
        assertThat(lines).isGreaterThanOrEqualTo(3);
        assertThat(ours)
                .contains("dnsjava", "picocli", "UnboundID LDAP SDK", "Jackson", "FastDoubleParser", "Schubfach")
                .contains("SLF4J", "JCL over SLF4J", "Commons Configuration", "Commons Lang", "Commons Text");
    }

    private static Set<String> inside(JsonNode bom, String jar) {
        return stream(bom.get("components"))
                .filter(component -> component.has("properties"))
                .filter(component -> stream(component.get("properties"))
                        .anyMatch(property -> property.get("name").asText().equals("tlsward:inside")
                                && property.get("value").asText().equals(jar)))
                .map(component -> component.get("group").asText() + ":"
                        + component.get("name").asText() + ":"
                        + component.get("version").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> carried(Path file) throws IOException {
        Set<String> carried = new TreeSet<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith("/pom.properties")) {
                    Properties pom = new Properties();
                    pom.load(jar.getInputStream(entry));
                    carried.add(pom.getProperty("groupId") + ":" + pom.getProperty("artifactId") + ":"
                            + pom.getProperty("version"));
                }
            }
            if (jar.getEntry("picocli/CommandLine.class") != null) {
                carried.add("info.picocli:picocli:" + constant(jar, "picocli/CommandLine.class", "4\\.\\d+\\.\\d+"));
            }
            if (jar.getEntry("com/unboundid/ldap/sdk/Version.class") != null) {
                String version = constant(
                        jar, "com/unboundid/ldap/sdk/Version.class", "(?<=UnboundID LDAP SDK for Java )[0-9.]+");
                carried.add("com.unboundid:unboundid-ldapsdk:" + version);
            }
        }
        return carried;
    }

    private static String constant(JarFile jar, String entry, String pattern) throws IOException {
        String text = new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.ISO_8859_1);
        var found = java.util.regex.Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(entry).isTrue();
        return found.group();
    }

    private static Set<String> hashes(JsonNode bom) {
        return stream(bom.get("components")).map(BomIT::sha256).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sha256(JsonNode component) {
        return stream(component.get("hashes"))
                .filter(hash -> hash.get("alg").asText().equals("SHA-256"))
                .map(hash -> hash.get("content").asText())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
