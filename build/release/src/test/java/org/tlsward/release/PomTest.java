/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomTest {
    private static final Coordinates LAMP = new Coordinates("library.example", "lamp", "1.0", "");

    @TempDir
    Path repository;

    @Test
    void whatAPomDoesNotSayShouldBeInherited() throws Exception {
        write("lamp", "<name>${a} lamp</name><parent>" + gav("lights") + "</parent>");
        write(
                "lights",
                "<name>Lights</name><url>https://lights.example/</url>"
                        + "<licenses><license><name> The MIT\n License</name></license><license><name>BSD</name></license></licenses>");

        Pom pom = Pom.of(LAMP, repository);

        assertThat(pom.name()).isEqualTo("lamp");
        assertThat(pom.url()).isEqualTo("https://lights.example/");
        assertThat(pom.licences()).containsExactly("The MIT License", "BSD");
    }

    @Test
    void ownLicenceShouldCountMoreThanThatOfTheParent() throws Exception {
        write("lamp", "<parent>" + gav("lights") + "</parent><licenses><license><name>MIT</name></license></licenses>");
        write("lights", "<licenses><license><name>BSD</name></license></licenses>");

        assertThat(Pom.of(LAMP, repository).licences()).containsExactly("MIT");
    }

    @Test
    void missingPomShouldBeRefused() throws Exception {
        write("lamp", "<parent>" + gav("lights") + "</parent>");

        assertThatThrownBy(() -> Pom.of(LAMP, repository))
                .isInstanceOf(UnfitForReleaseException.class)
                .hasMessageContaining("lights-1.0.pom")
                .hasMessageContaining("there is no such file");
    }

    private void write(String artifact, String text) throws Exception {
        Path pom = new Coordinates("library.example", artifact, "1.0", "").pom(repository);
        Files.createDirectories(pom.getParent());
        Files.writeString(pom, "<project>" + text + "</project>");
    }

    private static String gav(String artifact) {
        return "<groupId>library.example</groupId><artifactId>" + artifact + "</artifactId><version>1.0</version>";
    }
}
