/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.token.TokenGate;
import picocli.CommandLine.Help.Ansi;

class TokenCommandTest {
    @TempDir
    Path home;

    private Path conf;

    @BeforeEach
    void makeFolder() throws Exception {
        conf = Files.createDirectories(home.resolve("conf"));
    }

    private CommandRun run(String... args) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
        return CommandRun.of(new Surroundings(home, name -> Optional.empty(), clock), Ansi.OFF, args);
    }

    @Test
    void tokenShouldBeKnownToTheServer() {
        CommandRun added = run("token", "add", "anna");

        assertThat(added.exit()).isZero();
        assertThat(added.err()).contains("only once");
        assertThat(new TokenGate(conf.resolve("tlsward-tokens"))
                        .nameOf(added.out().strip()))
                .contains("anna");
    }

    @Test
    void listShouldTellNamesAndDays() {
        run("token", "add", "anna");
        run("token", "add", "bert");

        assertThat(run("token", "list").out()).isEqualTo("2026-11-22  anna\n2026-11-22  bert\n");
        assertThat(run("token", "list", "--json").out()).contains("\"name\" : \"bert\"");
    }

    @Test
    void revokedTokenShouldBeGone() {
        String token = run("token", "add", "anna").out().strip();

        assertThat(run("token", "revoke", "anna").exit()).isZero();
        CommandRun again = run("token", "revoke", "anna", "--json");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.out()).contains("\"revoked\" : false");
        assertThat(new TokenGate(conf.resolve("tlsward-tokens")).nameOf(token)).isEmpty();
    }

    @Test
    void wrongNameShouldBeBadUsage() {
        CommandRun run = run("token", "add", "an na");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).hasLineCount(1).contains("unsupported name \"an na\"");
        run("token", "add", "anna");
        assertThat(run("token", "add", "anna").exit()).isEqualTo(64);
    }

    @Test
    void missingFolderShouldBeBadUsage() {
        CommandRun run = run("token", "add", "anna", "--conf", "elsewhere");

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains("elsewhere").contains("--conf DIR");
    }
}
