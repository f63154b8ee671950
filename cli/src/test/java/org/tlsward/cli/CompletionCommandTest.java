/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real bash. */
class CompletionCommandTest {
    @TempDir
    Path home;

    /** What bash would offer after these words. */
    private String completed(String words, int at) throws Exception {
        CommandRun run = CommandRun.of(home, "completion", "bash");
        assertThat(run.exit()).isZero();
        Path script = Files.writeString(home.resolve("completion"), run.out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "source \"$1\" && COMP_WORDS=(" + words + ") COMP_CWORD=" + at
                                + " && _complete_tlsward; echo \"${COMPREPLY[@]}\"; complete -p tlsward",
                        "bash",
                        script.toString())
                // It complains of being run by hand.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        assertThat(out).contains("_complete_tlsward tlsward");
        return out.lines().findFirst().orElse("").strip();
    }

    @Test
    void commandShouldBeCompleted() throws Exception {
        assertThat(completed("tlsward ch", 1)).isEqualTo("check");
        assertThat(completed("tlsward config ''", 2)).contains("check");
    }

    @Test
    void optionShouldBeCompleted() throws Exception {
        assertThat(completed("tlsward explain --off", 2)).isEqualTo("--offline");
    }

    /** The same script: it knows zsh and loads what that needs. */
    @Test
    void zshShouldFindWhatItNeeds() {
        assertThat(CommandRun.of(home, "completion", "zsh").out()).contains("ZSH_VERSION", "bashcompinit");
    }
}
