/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.release.Licences.Place;

class LicencesTest {
    private static final Coordinates LIBRARY = new Coordinates("library.example", "lamp", "1.0", "");

    @TempDir
    Path folder;

    private Licences licences;

    @BeforeEach
    void read() throws Exception {
        licences = Licences.read(
                Files.writeString(
                        folder.resolve("licences.txt"),
                        """
                # a comment
                inside MIT
                beside EPL-1.0
                name MIT = The MIT License
                name EPL-1.0 = Eclipse Public License
                name GPL-2.0-only = GPL v2
                name EPL-1.0 OR GPL-2.0-only = EPL/GPL
                part library.example:lamp Wick MIT https://wick.example/
                """));
    }

    @Test
    void permittedShouldBeTaken() {
        assertThat(chosen(Place.INSIDE, "The MIT License")).isEqualTo("MIT");
        assertThat(chosen(Place.BESIDE, "the mit license")).isEqualTo("MIT");
        assertThat(chosen(Place.BESIDE, "Eclipse Public License")).isEqualTo("EPL-1.0");
    }

    @Test
    void permittedOneOfSeveralShouldBeTaken() {
        assertThat(chosen(Place.INSIDE, "GPL v2", "The MIT License")).isEqualTo("MIT");
        assertThat(chosen(Place.BESIDE, "EPL/GPL")).isEqualTo("EPL-1.0");
    }

    @Test
    void notPermittedShouldBeRefused() {
        assertThatThrownBy(() -> chosen(Place.BESIDE, "GPL v2"))
                .isInstanceOf(UnfitForReleaseException.class)
                .hasMessageContaining("library.example:lamp:1.0: the licence GPL-2.0-only is not permitted");
    }

    @Test
    void permittedBesideShouldBeRefusedInside() {
        assertThatThrownBy(() -> chosen(Place.INSIDE, "Eclipse Public License"))
                .hasMessageContaining("not permitted inside JARs of ours");
    }

    @Test
    void unknownShouldBeRefusedEvenBesideAKnownOne() {
        assertThatThrownBy(() -> chosen(Place.BESIDE, "The MIT License", "Do What You Like"))
                .hasMessageContaining("unknown licence \"Do What You Like\"");
    }

    @Test
    void noneShouldBeRefused() {
        assertThatThrownBy(() -> chosen(Place.BESIDE)).hasMessageContaining("tells no licence");
    }

    @Test
    void badLineShouldBeRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.txt"), "inside MIT\npermit GPL\n");

        assertThatThrownBy(() -> Licences.read(file)).hasMessageContaining("bad.txt:2: unsupported word \"permit\"");
    }

    @Test
    void partsShouldBelongToTheirLibrary() {
        assertThat(licences.partsOf(LIBRARY)).extracting(Licences.Part::name).containsExactly("Wick");
        assertThat(licences.partsOf(new Coordinates("library.example", "candle", "1.0", "")))
                .isEmpty();
    }

    private String chosen(Place place, String... names) {
        Pom pom = new Pom("lamp", "", List.of(names));
        return licences.chosen(LIBRARY, licences.choices(LIBRARY, pom), place);
    }
}
