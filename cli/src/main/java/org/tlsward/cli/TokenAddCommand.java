/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make a token and print it, once. A running server knows it at once; only a hash is kept, in"
                    + " conf/tlsward-tokens.",
            "The name is the identity of its owner: give everybody one of their own."
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  it is made", "   2  the file cannot be written", "  64  bad usage"})
final class TokenAddCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Parameters(paramLabel = "NAME", description = "Letters, digits, hyphens and underscores.")
    private String name;

    TokenAddCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = configuration.directory(surroundings);
        if (!Files.isDirectory(directory)) {
            throw new UsageException("there is no folder " + directory + " (expected: --conf DIR)");
        }
        String token;
        try {
            token = configuration.tokens(surroundings).add(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF).json(Map.of("name", name, "token", token));
        } else {
            spec.commandLine().getOut().println(token);
            spec.commandLine()
                    .getErr()
                    .println("This is shown only once. It goes into the header X-TlsWard-Token of every request.");
        }
        return ExitCode.CLEAN.number();
    }
}
