/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.Username;
import org.apache.james.user.lib.model.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoUsersTest {

    private static final Username PRAXIS = Username.of("praxis@klinik.example");
    private static final Username INFO = Username.of("info@klinik.example");

    @TempDir
    Path directory;

    @Test
    void linesShouldBecomeUsers() throws Exception {
        Path file = Files.writeString(
                directory.resolve("demo-users"), "# demo\n\npraxis@klinik.example\n info@klinik.example \t a b \n");

        assertThat(DemoUsers.of(file).passwords())
                .containsEntry(PRAXIS, Optional.empty())
                .containsEntry(INFO, Optional.of("a b"))
                .hasSize(2);
    }

    @Test
    void noFileShouldMeanNoUsers() throws Exception {
        assertThat(DemoUsers.of(directory.resolve("demo-users")).passwords()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"praxis", "@klinik.example", "a@b@c", "praxis@klinik.example\npraxis@klinik.example"})
    void brokenLineShouldBeNamed(String lines) throws Exception {
        Path file = Files.writeString(directory.resolve("demo-users"), "# demo\n" + lines + "\n");

        assertThatThrownBy(() -> DemoUsers.of(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageMatching("(?s).*demo-users:[23]: .*");
    }

    @Test
    void passwordShouldBeMadeOnceAndForOwnerOnly() throws Exception {
        DemoPassword made = DemoPassword.in(directory);

        assertThat(made.value()).matches("[0-9a-f]{18}");
        assertThat(DemoPassword.in(directory)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("demo-password"))))
                .isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain(made.value());
    }

    @Test
    void userShouldLogInWithTheOwnPasswordOnly() throws Exception {
        UsersInMemory users = new UsersInMemory(Algorithm.of("PBKDF2-SHA512"));
        users.addUser(PRAXIS, "eins");

        assertThat(users.getUserByName(PRAXIS)).hasValueSatisfying(user -> {
            assertThat(user.verifyPassword("eins")).isTrue();
            assertThat(user.verifyPassword("zwei")).isFalse();
        });
        assertThat(users.contains(INFO)).isFalse();
    }
}
