/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatLineTest {
    private static final FormatLine FORMAT = FormatLine.of("tlsward tlsrpt counts 2");

    @TempDir
    Path directory;

    @Test
    void lineShouldBeKindAndVersion() {
        assertThat(FORMAT).isEqualTo(new FormatLine("tlsward tlsrpt counts", 2));
        assertThat(FORMAT.text()).isEqualTo("tlsward tlsrpt counts 2");
    }

    @Test
    void newerVersionShouldBeToldWithBothVersions() {
        assertThat(FORMAT.newerThanThis("tlsward tlsrpt counts 3\nwhatever"))
                .hasValueSatisfying(
                        told -> assertThat(told).contains("version 3", "expected: version 2", "newer TLS Ward"));
        assertThat(FORMAT.newerThanThis("tlsward tlsrpt counts 10")).isPresent();
    }

    /** What is older is for the reader, what is damaged for the checksum. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tlsward tlsrpt counts 2\n",
                "tlsward tlsrpt counts 1\n",
                "tlsward tlsrpt counts 3x\n",
                "tlsward tlsrpt counts 9999999999\n",
                "tlsward tlsrpt progress 3\n",
                "x\ntlsward tlsrpt counts 3",
                "",
            })
    void anythingElseShouldNotBeNewer(String text) {
        assertThat(FORMAT.newerThanThis(text)).isEmpty();
    }

    @Test
    void fileOfANewerVersionShouldBeKeptBesideItsPlace() throws Exception {
        Path file = Files.writeString(directory.resolve("counts"), "tlsward tlsrpt counts 3\nwhatever");

        FORMAT.setAsideIfNewer(file);

        assertThat(file).doesNotExist();
        assertThat(directory.resolve("counts.newer")).hasContent("tlsward tlsrpt counts 3\nwhatever");
    }

    @Test
    void fileOfOursShouldStay() throws Exception {
        Path file = Files.writeString(directory.resolve("counts"), "tlsward tlsrpt counts 2\nwhatever");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        FORMAT.setAsideIfNewer(file);
        FORMAT.setAsideIfNewer(binary);
        FORMAT.setAsideIfNewer(directory.resolve("missing"));

        assertThat(file).exists();
        assertThat(binary).exists();
    }
}
