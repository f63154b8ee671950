/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenGateTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path conf;

    private Path file;
    private TokenFile tokens;
    private TokenGate gate;

    @BeforeEach
    void setUp() {
        file = conf.resolve(TokenFile.NAME);
        tokens = new TokenFile(file, CLOCK);
        gate = new TokenGate(file);
    }

    @Test
    void ownerShouldBeKnownByTheToken() throws Exception {
        String anna = tokens.add("anna");
        String bert = tokens.add("bert");

        assertThat(gate.nameOf(anna)).contains("anna");
        assertThat(gate.nameOf(bert)).contains("bert");
        assertThat(gate.nameOf(anna)).contains("anna");
    }

    @Test
    void missingFileShouldMeanNobody() {
        assertThat(gate.nameOf("anna.secret")).isEmpty();
        assertThat(gate.problems()).isEmpty();
    }

    @Test
    void foreignSecretShouldBeNobodys() throws Exception {
        String anna = tokens.add("anna");
        String bert = tokens.add("bert");

        assertThat(gate.nameOf("anna" + bert.substring(4))).isEmpty();
        assertThat(gate.nameOf("carla" + anna.substring(4))).isEmpty();
        assertThat(gate.nameOf(anna + "x")).isEmpty();
        assertThat(gate.nameOf(anna.substring(0, anna.length() - 1))).isEmpty();
        assertThat(gate.nameOf("anna.")).isEmpty();
        assertThat(gate.nameOf("anna")).isEmpty();
        assertThat(gate.nameOf("")).isEmpty();
    }

    @Test
    void revokedTokenShouldEndAtOnceThoughItWasVerified() throws Exception {
        String anna = tokens.add("anna");
        String bert = tokens.add("bert");
        assertThat(gate.nameOf(anna)).contains("anna");

        assertThat(tokens.revoke("anna")).isTrue();

        assertThat(gate.nameOf(anna)).isEmpty();
        assertThat(gate.nameOf(bert)).contains("bert");
        assertThat(tokens.revoke("anna")).isFalse();
    }

    @Test
    void newTokenShouldCountWithoutRestart() throws Exception {
        assertThat(gate.nameOf("anna.x")).isEmpty();

        assertThat(gate.nameOf(tokens.add("anna"))).contains("anna");
    }

    @Test
    void fileShouldHoldNoSecretAndBeForItsOwnerOnly() throws Exception {
        String anna = tokens.add("anna");

        assertThat(Files.readString(file)).doesNotContain(anna.substring("anna.".length()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tokens.list()).containsExactly(new TokenFile.Listed("anna", LocalDate.parse("2026-11-22")));
        try (var files = Files.list(conf)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void fileThatOthersMayWriteToShouldLetNobodyIn() throws Exception {
        String anna = tokens.add("anna");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));

        assertThat(gate.nameOf(anna)).isEmpty();
        assertThat(gate.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("chmod 600"));
    }

    @Test
    void fileThatOthersMayReadShouldBeReported() throws Exception {
        String anna = tokens.add("anna");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(gate.nameOf(anna)).contains("anna");
        assertThat(gate.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "bert 2026-11-22",
                "bert 2026-11-22 secret",
                "bert today pbkdf2-sha512$210000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bert 2026-11-22 pbkdf2-sha512$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bert 2026-11-22 pbkdf2-sha512$210000$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bert 2026-11-22 pbkdf2-sha512$210000$AAAAAAAAAAAAAAAAAAAAAA$",
                "be.rt 2026-11-22 pbkdf2-sha512$210000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void lineThatIsNotUnderstoodShouldLetNobodyIn(String line) throws Exception {
        String anna = tokens.add("anna");
        Files.writeString(file, Files.readString(file) + line + "\n");

        assertThat(gate.nameOf(anna)).isEmpty();
        assertThat(gate.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("tlsward-tokens:5"));
        assertThatThrownBy(() -> tokens.add("carla")).hasMessageContaining("tlsward-tokens:5");
    }

    @Test
    void nameThatStandsThereTwiceShouldLetNobodyIn() throws Exception {
        String anna = tokens.add("anna");
        String text = Files.readString(file);
        Files.writeString(
                file, text + text.lines().reduce((first, last) -> last).orElseThrow() + "\n");

        assertThat(gate.nameOf(anna)).isEmpty();
        assertThat(gate.problems()).hasSize(1);
    }

    @Test
    void takenNameShouldBeRefused() throws Exception {
        tokens.add("anna");

        assertThatThrownBy(() -> tokens.add("anna"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "an na", "a.b", "#anna", "änna", "anna\n"})
    void unsupportedNameShouldBeRefused(String name) {
        assertThatThrownBy(() -> tokens.add(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
