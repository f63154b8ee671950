/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class VersionTest {
    /** One source: what the POM says. */
    @Test
    void runningShouldBeWhatThePomSays() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(pom).contains("<version>" + Version.running().number() + "</version>");
        assertThat(Version.running().date()).isAfter(LocalDate.of(2026, 1, 1));
    }

    @Test
    void dateShouldBeThatOfUtc() throws Exception {
        Version version = Version.read(new ByteArrayInputStream(
                "number=1.0.0\ndate=2027-01-15T23:59:59Z\n".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(version).hasToString("1.0.0 (2027-01-15)");
    }
}
