/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedJarTest {
    @TempDir
    Path folder;

    private ClassPath classPath;
    private Libraries libraries;

    @BeforeEach
    void repository() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Path lamp = library(repository, "lamp", "example/lamp/Lamp.class", "lamp.properties");
        Path dns = library(repository, "dns", "org/xbill/DNS/Name.class", "META-INF/services/some.Resolver");
        Path ours = jar(folder.resolve("engine.jar"), "org/tlsward/policy/A.class");
        String path = String.join(java.io.File.pathSeparator, lamp.toString(), ours.toString(), dns.toString());
        classPath = ClassPath.read(Files.writeString(folder.resolve("classpath.txt"), path + "\n"), repository);
        libraries = new Libraries(
                repository,
                Licences.read(Files.writeString(folder.resolve("licences.txt"), "inside MIT\nname MIT = MIT\n")));
    }

    @Test
    void librariesInsideShouldBeFoundByTheirClasses() throws Exception {
        assertThat(inside("org/tlsward/policy/A.class", "META-INF/MANIFEST.MF", "META-INF/LICENSE"))
                .isEmpty();
        assertThat(inside("org/tlsward/policy/A.class", "example/lamp/Lamp.class", "lamp.properties"))
                .containsExactly("pkg:maven/library.example/lamp@1.0?type=jar");
    }

    @Test
    void relocatedLibraryShouldBeFound() throws Exception {
        assertThat(inside("org/tlsward/shaded/xbill/Name.class"))
                .containsExactly("pkg:maven/library.example/dns@1.0?type=jar");
    }

    @Test
    void classOfNobodyShouldBeRefused() {
        assertThatThrownBy(() -> inside("org/tlsward/policy/A.class", "example/other/Thief.class"))
                .isInstanceOf(UnfitForReleaseException.class)
                .hasMessageContaining("example/other/Thief.class");
        assertThatThrownBy(() -> inside("org/tlsward/shaded/other/Thief.class"))
                .hasMessageContaining("org/tlsward/shaded/other/Thief.class");
        assertThatThrownBy(() -> inside("lamp.properties")).hasMessageContaining("lamp.properties");
    }

    @Test
    void classOfAnotherVersionShouldBeRefused() throws Exception {
        Path file = folder.resolve("changed.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("example/lamp/Lamp.class"));
            zip.write(new byte[] {1});
        }

        assertThatThrownBy(() -> ShippedJar.of("a.jar", file, classPath, libraries))
                .hasMessageContaining("library.example:lamp:1.0: example/lamp/Lamp.class differs");
    }

    private List<String> inside(String... names) throws IOException {
        Path file = jar(folder.resolve("a.jar"), names);
        return ShippedJar.of("a.jar", file, classPath, libraries).inside().stream()
                .map(library -> library.coordinates().purl())
                .toList();
    }

    private static Path library(Path repository, String name, String... files) throws IOException {
        Path place = Files.createDirectories(repository.resolve("library/example/" + name + "/1.0"));
        Files.writeString(
                place.resolve(name + "-1.0.pom"),
                "<project><licenses><license><name>MIT</name></license></licenses></project>");
        return jar(place.resolve(name + "-1.0.jar"), files);
    }

    private static Path jar(Path file, String... names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
