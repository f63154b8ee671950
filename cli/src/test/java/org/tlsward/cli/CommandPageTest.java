/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tlsward.check.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md}, and what every command must have. */
class CommandPageTest {
    /** What prints something for another program, or a page, as it is. */
    private static final Set<String> AS_IT_IS = Set.of("completion", "certificate", "import-postfix");

    private static List<CommandLine> commands() {
        Surroundings surroundings = new Surroundings(Path.of("."), name -> Optional.empty(), Clock.systemUTC());
        List<CommandLine> all = new ArrayList<>();
        collect(TlsWard.commandLine(surroundings, Ansi.OFF), all);
        return all;
    }

    /** Those that do something by themselves. */
    private static void collect(CommandLine line, List<CommandLine> all) {
        if (line.getSubcommands().isEmpty()) {
            all.add(line);
        }
        line.getSubcommands().values().forEach(each -> collect(each, all));
    }

    @Test
    void everyCommandShouldBeOnThePage() throws Exception {
        String page = Files.readString(Path.of("../docs/cli.md"));

        assertThat(commands()).hasSizeGreaterThan(6).allSatisfy(line -> assertThat(page)
                .contains("`" + line.getCommandSpec().qualifiedName()));
    }

    @Test
    void everyExitCodeShouldBeOnThePage() throws Exception {
        String page = Files.readString(Path.of("../docs/cli.md"));

        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains("| " + code.number() + " | ");
        }
    }

    @Test
    void everyCommandShouldTellItsExitCodes() {
        assertThat(commands()).allSatisfy(line -> assertThat(line.getUsageMessage())
                .as(line.getCommandSpec().qualifiedName())
                .contains("Exit codes", "   0  ", "  64  "));
    }

    /** Programs read JSON. */
    @Test
    void everyCommandShouldHaveJson() {
        assertThat(commands())
                .filteredOn(line -> !AS_IT_IS.contains(line.getCommandName()))
                .allSatisfy(line -> assertThat(line.getUsageMessage())
                        .as(line.getCommandSpec().qualifiedName())
                        .contains("--json"));
    }
}
