/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;

/**
 * Puts the release into a folder: the zip, its checksum and the bills of materials. Maven calls it at the end of {@code package}.
 *
 * <p>Arguments: the checkout, the version, the date of the version (ISO 8601), the local repository of Maven, the folder.
 */
public final class MakeRelease {
    private final Path checkout;
    private final String version;
    private final Instant date;
    private final Path repository;
    private final Libraries libraries;

    private MakeRelease(Path checkout, String version, Instant date, Path repository) throws IOException {
        this.checkout = checkout;
        this.version = version;
        this.date = date;
        this.repository = repository;
        this.libraries = new Libraries(repository, Licences.read(checkout.resolve("build/release/licences.txt")));
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[4]);
        Path checkout = Path.of(args[0]).toRealPath();
        new MakeRelease(checkout, args[1], Instant.parse(args[2]), Path.of(args[3])).into(folder);
    }

    private void into(Path folder) throws IOException {
        empty(folder);
        String name = "tlsward-" + version;
        List<ShippedJar> jars = jars();
        NavigableMap<String, PackedFile> files =
                Layout.read(checkout.resolve("build/release/layout.txt")).files(checkout);
        String bom = new Bom("tlsward", version, date, jars, List.of()).json();
        files.put("sbom/" + name + ".cdx.json", PackedFile.of(bom));
        addLicences(files, jars);
        files.computeIfPresent("bin/tlsward.cmd", (any, file) -> forWindows(file));
        new PageLinks(files, checkout).mend();
        new Inspection(List.of(checkout.toString(), repository.toString()), !version.endsWith("-SNAPSHOT"))
                .inspect(files);

        Path zip = folder.resolve(name + ".zip");
        ReleaseZip.write(zip, name, files, date);
        Files.writeString(folder.resolve(name + ".zip.sha256"), Hashes.of("SHA-256", zip) + "  " + name + ".zip\n");
        Files.writeString(folder.resolve(name + ".cdx.json"), bom);
        Files.writeString(
                folder.resolve("tlsward-server-" + version + ".cdx.json"),
                server(jars.get(0)).json());
    }

    private List<ShippedJar> jars() throws IOException {
        ClassPath bundle = ClassPath.read(checkout.resolve("bundle/target/classpath.txt"), repository);
        ClassPath cli = ClassPath.read(checkout.resolve("cli/target/classpath.txt"), repository);
        return List.of(
                jar("james38/tlsward-james38.jar", "bundle/target/tlsward-james38.jar", bundle),
                jar("james39/tlsward-james39.jar", "bundle/target/tlsward-james39.jar", bundle),
                jar("bin/tlsward.jar", "cli/target/tlsward.jar", cli));
    }

    private ShippedJar jar(String name, String file, ClassPath classPath) throws IOException {
        return ShippedJar.of(name, checkout.resolve(file), classPath, libraries);
    }

    private void addLicences(Map<String, PackedFile> files, List<ShippedJar> jars) throws IOException {
        LicenceTexts texts = new LicenceTexts(checkout.resolve("build/release/texts"), checkout.resolve("LICENSE"));
        for (ShippedJar jar : jars) {
            files.putAll(texts.of(jar.inside()));
        }
        files.put("THIRD-PARTY.md", PackedFile.of(new ThirdPartyPage(version, jars, texts).text()));
    }

    /** The server, as `make run` and the image have it: James in JARs of its own, beside ours. */
    private Bom server(ShippedJar bundle) throws IOException {
        Path target = checkout.resolve("james-docker/server/target");
        ClassPath classPath = ClassPath.read(target.resolve("classpath.txt"), repository);
        List<Library> beside = new ArrayList<>();
        for (ClassPath.Entry entry : classPath.libraries()) {
            beside.add(libraries.library(entry, Licences.Place.BESIDE));
        }
        Path queue = target.resolve("lib/tlsward-queue-" + version + ".jar");
        List<ShippedJar> ours = List.of(
                ShippedJar.of(
                        "tlsward-server.jar",
                        target.resolve("tlsward-server.jar"),
                        new ClassPath(List.of()),
                        libraries),
                ShippedJar.of("lib/tlsward-queue", queue, new ClassPath(List.of()), libraries),
                new ShippedJar("lib/tlsward-james38.jar", bundle.file(), bundle.inside()));
        return new Bom("tlsward-server", version, date, ours, beside);
    }

    /** Where a line ends with two characters. */
    private static PackedFile forWindows(PackedFile file) {
        return PackedFile.of(file.text().replace("\r\n", "\n").replace("\n", "\r\n"));
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.list(folder)) {
                for (Path each : old.toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
