/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.files.PrivateFile;
import org.tlsward.testing.StoredSamples;

/** Tokens of an earlier release. */
class StoredTokensTest {
    private static final Path STORED = StoredSamples.of("0.1", TokenFile.NAME);

    /** Of this test and of nothing else. */
    private static final String PASSPHRASE = "a-constant-of-a-test-that-opens-nothing";

    @TempDir
    Path directory;

    private Path file;

    @Test
    @EnabledIfSystemProperty(named = StoredSamples.MAKE, matches = "write")
    void make() throws IOException {
        new TokenFile(STORED, Clock.systemUTC()).add("boris");
        TokenEntry anna =
                new TokenEntry("anna", LocalDate.parse("2026-11-23"), SecretHash.of(PASSPHRASE, new SecureRandom()));
        PrivateFile.replace(STORED, Files.readString(STORED) + anna.format() + "\n");
    }

    @BeforeEach
    void copy() throws IOException {
        file = directory.resolve(TokenFile.NAME);
        if (Files.exists(STORED)) {
            Files.copy(STORED, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void tokensShouldBeRead() throws IOException {
        assertThat(new TokenFile(file, Clock.systemUTC()).list())
                .extracting(TokenFile.Listed::name)
                .containsExactly("boris", "anna");
        assertThat(new TokenGate(file).nameOf("anna." + PASSPHRASE)).contains("anna");
        assertThat(new TokenGate(file).nameOf("boris." + PASSPHRASE)).isEmpty();
    }

    /** Nothing else can be a file of version 1 to which an admin has come with an editor. */
    @Test
    void fileWithoutAVersionShouldBeOfTheFirst() throws IOException {
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^#.*\n", ""));

        assertThat(new TokenGate(file).nameOf("anna." + PASSPHRASE)).contains("anna");
    }

    @Test
    void newerVersionShouldLetNobodyInAndStayAsItIs() throws IOException {
        StoredSamples.ofNextVersion(file, "# tlsward-tokens 1", "# tlsward-tokens 2");
        String newer = Files.readString(file);
        TokenFile tokens = new TokenFile(file, Clock.systemUTC());

        assertThatThrownBy(tokens::list)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(TokenFile.NAME)
                .hasMessageContaining("version 2")
                .hasMessageContaining("expected: version 1");
        assertThatThrownBy(() -> tokens.add("clara")).hasMessageContaining("version 2");
        TokenGate gate = new TokenGate(file);
        assertThat(gate.nameOf("anna." + PASSPHRASE)).isEmpty();
        assertThat(gate.problems()).isNotEmpty();
        assertThat(file).hasContent(newer);
    }
}
