/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.token.TokenFile.Listed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists tokens. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print the names of all tokens, and when they were made.",
        footerHeading = "%nExit codes:%n",
        footer = {"   0  printed", "   2  the file cannot be read", "  64  bad usage"})
final class TokenListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    TokenListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<Listed> tokens = configuration.tokens(surroundings).list();
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF)
                    .json(tokens.stream()
                            .map(token -> Map.of(
                                    "name", token.name(), "made", token.made().toString()))
                            .toList());
        } else {
            tokens.forEach(token -> spec.commandLine().getOut().println(token.made() + "  " + token.name()));
        }
        return ExitCode.CLEAN.number();
    }
}
