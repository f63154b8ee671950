/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a token. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "End a token. It is refused from the next request on.",
        footerHeading = "%nExit codes:%n",
        footer = {"   0  it is ended", "   1  there is none of that name", "  64  bad usage"})
final class TokenRevokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Parameters(paramLabel = "NAME", description = "As \"tlsward token list\" prints it.")
    private String name;

    TokenRevokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        boolean ended = configuration.tokens(surroundings).revoke(name);
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF)
                    .json(new TreeMap<>(Map.of("name", name, "revoked", ended)));
        } else if (!ended) {
            spec.commandLine().getErr().println("tlsward token revoke: there is no token \"" + name + "\"");
        }
        return (ended ? ExitCode.CLEAN : ExitCode.PROBLEMS).number();
    }
}
