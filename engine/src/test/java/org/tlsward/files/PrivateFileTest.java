/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    Path home;

    @Test
    void fileAndItsDirectoriesShouldBeForOurEyesOnly() throws IOException {
        Path file = home.resolve("var/tlsward/state");

        PrivateFile.replace(file, "Ärzte");

        assertThat(file).hasContent("Ärzte");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(file.getParent())).isEqualTo("rwx------");
        assertThat(mode(file.getParent().getParent())).isEqualTo("rwx------");
    }

    @Test
    void whatWasReadableForAllShouldNotStaySo() throws IOException {
        Path file = Files.writeString(home.resolve("state"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        PrivateFile.replace(file, "new");

        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    /** A reader that has opened the old file reads it to its end. */
    @Test
    void oldFileShouldBeReplacedNotWrittenInto() throws IOException {
        Path file = home.resolve("state");
        PrivateFile.replace(file, "old");
        Path old = Files.createLink(home.resolve("old"), file);

        PrivateFile.replace(file, "new");

        assertThat(old).hasContent("old");
        assertThat(file).hasContent("new");
    }

    @Test
    void failureShouldLeaveTheOldFileAndNoOther() throws IOException {
        Path directory = Files.createDirectories(home.resolve("state/inside"));

        assertThatThrownBy(() -> PrivateFile.replace(home.resolve("state"), "new"))
                .isInstanceOf(IOException.class);

        assertThat(directory).isDirectory();
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).containsExactly(home.resolve("state"));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
