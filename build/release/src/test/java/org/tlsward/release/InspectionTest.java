/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {
    private static final String SOME_BASE64 = "MC4CAQAwBQYDK2VwBCIEIExampleExampleExampleExample";

    @Test
    void harmlessFilesShouldPass() {
        inspect(true, Map.of("README.md", "text", "docs/keys.md", "starts with -----BEGIN PRIVATE KEY-----, they say"));
    }

    @Test
    void pathsOfThisMachineShouldBeRefused() {
        assertThatThrownBy(() -> inspect(false, Map.of("docs/a.md", "see /build/checkout/docs")))
                .isInstanceOf(UnfitForReleaseException.class)
                .hasMessage("docs/a.md: holds a path of this machine: /build/checkout");
    }

    @Test
    void pathsInsideOfJarsShouldBeRefused() throws Exception {
        PackedFile jar = jar("org/tlsward/A.class", "\u0000\u0001/build/checkout/A.java\u0002");

        assertThatThrownBy(() -> inspection(false).inspect(Map.of("bin/a.jar", jar)))
                .hasMessageStartingWith("bin/a.jar!org/tlsward/A.class: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"conf/tlsward-tokens", "conf/keystore.p12", "conf/tls/key.pem", "conf/a.key", "demo-password"})
    void secretsShouldBeRefusedByTheirNames(String name) {
        assertThatThrownBy(() -> inspect(false, Map.of(name, ""))).hasMessageStartingWith(name + ": a key or a secret");
    }

    @Test
    void keysShouldBeRefusedUnderAnyName() {
        String key = "-----BEGIN PRIVATE KEY-----\n" + SOME_BASE64 + "\n-----END PRIVATE KEY-----\n";

        assertThatThrownBy(() -> inspect(false, Map.of("docs/a.md", key))).hasMessageContaining("a key or a secret");
    }

    @Test
    void releaseShouldNotCallItselfSomethingElse() throws Exception {
        String text = "Implementation-Version: 1.0.0-SNAPSHOT";

        assertThatThrownBy(() -> inspect(true, Map.of("README.md", text))).hasMessageContaining("says SNAPSHOT");
        PackedFile jar = jar("META-INF/MANIFEST.MF", text);
        assertThatThrownBy(() -> inspection(true).inspect(Map.of("bin/a.jar", jar)))
                .hasMessageContaining("says SNAPSHOT");
        assertThatCode(() -> inspect(false, Map.of("README.md", text))).doesNotThrowAnyException();
    }

    private static void inspect(boolean release, Map<String, String> files) {
        files.forEach((name, text) -> inspection(release).inspect(Map.of(name, PackedFile.of(text))));
    }

    private static Inspection inspection(boolean release) {
        return new Inspection(List.of("/build/checkout"), release);
    }

    private static PackedFile jar(String name, String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return new PackedFile(bytes.toByteArray(), false);
    }
}
