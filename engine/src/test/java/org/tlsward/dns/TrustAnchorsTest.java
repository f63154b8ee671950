/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustAnchorsTest {
    @Test
    void bothKeysOfTheRootShouldBeBuiltIn() {
        assertThat(new String(TrustAnchors.read(Optional.empty()), StandardCharsets.UTF_8))
                .contains(". IN DS 20326 8 2 E06D44B8", ". IN DS 38696 8 2 683D2D0A");
    }

    @Test
    void fileShouldReplaceThem(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("anchors"), "example. IN DS 1 13 2 " + "ab".repeat(32) + "\n");
        assertThat(new String(TrustAnchors.read(Optional.of(file)), StandardCharsets.UTF_8))
                .startsWith("example. IN DS 1 13 2");
    }

    @Test
    void fileWithoutAnchorsShouldBeRefused(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> TrustAnchors.read(Optional.of(missing))).isInstanceOf(UncheckedIOException.class);
        for (String text : new String[] {"", "; nothing\n", "example. IN A 192.0.2.1\n", "what is this\n"}) {
            Path file = Files.writeString(directory.resolve("anchors"), text);
            assertThatThrownBy(() -> TrustAnchors.read(Optional.of(file)))
                    .as(text)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
