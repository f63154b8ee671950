/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--nonsense",
                "config",
                "config nonsense",
                "config check --conf",
                "config check rest",
                "evidence",
                "evidence verify nowhere",
                "token",
                "token add",
                "token add a b",
                "token revoke",
                "check",
                "check --own",
                "check two.example --nonsense",
                "check two.example --port x",
                "check two.example --port 0",
                "check two.example --port 65536",
                "check two.example --timeout soon",
                "check two.example --dns nonsense:x",
                "check two.example three.example",
                "check two..example",
                "check two.example --class nobody",
                "check two.example --from nobody",
                "check two.example --cleartext a@two.example",
                "check --cleartext two.example",
                "check --own two.example --cleartext a@two.example",
                "check two.example --certificate file",
                "check two.example --conf nowhere",
                "evidence show --evidence nowhere",
                "evidence show --limit x",
                "evidence show rest",
                "evidence certificate",
                "evidence certificate id --since soon",
                "suggest --days 0",
                "suggest rest",
                "report",
                "report month 2026",
                "report partner",
                "report partner a..b",
                "config import-postfix",
                "config import-postfix nowhere",
                "quarantine",
                "quarantine nonsense",
                "quarantine list",
                "quarantine list --limit x --token-file t",
                "quarantine show",
                "quarantine release --token-file t",
                "quarantine override id --token-file t",
                "quarantine bounce",
                "emergency",
                "emergency nonsense",
                "emergency stop --all --token-file t",
                "emergency stop --why x --token-file t",
                "emergency stop --all --class medical --why x --token-file t",
                "emergency resume --token-file t",
                "emergency list",
                "completion fish",
                "explain",
                "explain nobody",
                "explain a@two.example b@two.example",
                "explain a@two.example --from nobody",
                "explain a@two.example --lang tlh",
                "explain a@two.example --conf nowhere"
            })
    void badUsageShouldBeToldInOneLine(String line) {
        CommandRun run = CommandRun.of(home, line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).hasLineCount(1).contains("--help");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "check --help",
                "explain --help",
                "completion --help",
                "headers --help",
                "evidence show --help",
                "evidence certificate --help",
                "suggest --help",
                "report --help",
                "report month --help",
                "report partner --help",
                "config import-postfix --help",
                "evidence --help",
                "evidence verify --help",
                "config --help",
                "config check --help",
                "token --help",
                "token add --help",
                "quarantine --help",
                "quarantine list --help",
                "quarantine show --help",
                "quarantine release --help",
                "quarantine override --help",
                "quarantine confirm --help",
                "quarantine withdraw --help",
                "quarantine bounce --help",
                "emergency --help",
                "emergency stop --help",
                "emergency no-tls --help",
                "emergency refuse-version --help",
                "emergency refuse-cipher --help",
                "emergency resume --help",
                "emergency list --help"
            })
    void helpShouldFitTheScreen(String line) {
        CommandRun run = CommandRun.of(home, line.split(" ", -1));

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines()).isNotEmpty().allMatch(each -> each.length() <= 80);
    }

    @Test
    void helpShouldTellTheExitCodes() {
        assertThat(CommandRun.of(home, "--help").out()).contains("  64  ", "   2  could not tell");
    }

    @Test
    void versionShouldBeTold() {
        assertThat(CommandRun.of(home, "--version").out()).startsWith("tlsward ");
    }
}
