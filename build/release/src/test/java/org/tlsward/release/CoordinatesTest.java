/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
    private static final Path REPOSITORY = Path.of("/repository");

    @Test
    void pathShouldTellWhatItIs() {
        assertThat(purl("/repository/a/b/lamp/1.0/lamp-1.0.jar")).isEqualTo("pkg:maven/a.b/lamp@1.0?type=jar");
        assertThat(purl("/repository/a/lamp/1.0/lamp-1.0-linux-x86_64.jar"))
                .isEqualTo("pkg:maven/a/lamp@1.0?classifier=linux-x86_64&type=jar");
    }

    @Test
    void fileOfThisBuildShouldBeNoLibrary() {
        assertThat(Coordinates.of(Path.of("/checkout/engine/target/engine.jar"), REPOSITORY))
                .isEmpty();
    }

    @Test
    void strangePathShouldBeRefused() {
        assertThatThrownBy(() -> purl("/repository/lamp.jar")).isInstanceOf(UnfitForReleaseException.class);
    }

    private static String purl(String path) {
        return Coordinates.of(Path.of(path), REPOSITORY).orElseThrow().purl();
    }
}
