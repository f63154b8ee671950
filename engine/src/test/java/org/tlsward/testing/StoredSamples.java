/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * Files as a release of ours has written them, in {@code src/test/resources/stored/RELEASE} of the module that reads them. They are never
 * changed: a release adds those of its own when a form changes. There is no secret among them.
 *
 * <p>Made by the tests that read them: {@code mvn test -pl engine -Dtest='Stored*' -Dtlsward.samples=write} writes the missing ones.
 */
public final class StoredSamples {
    /** For the tests that make samples. */
    public static final String MAKE = "tlsward.samples";

    private StoredSamples() {}

    /** That folder of the module that is tested. */
    public static Path of(String release, String name) {
        return Path.of("src", "test", "resources", "stored", release, name);
    }

    /** Copies a folder, so that who reads it may change it. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Makes a file look as if the next release had written it, whose form nobody knows yet. */
    public static void ofNextVersion(Path file, String oldLine, String newLine) throws IOException {
        String text = Files.readString(file);
        if (!text.startsWith(oldLine + "\n")) {
            throw new IllegalArgumentException(file + " does not begin with \"" + oldLine + "\"");
        }
        Files.writeString(file, newLine + text.substring(oldLine.length()));
    }
}
