/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a token. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "End a token. It is refused from the next request on.")
final class TokenRevokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration;

    @Parameters(paramLabel = "NAME", description = "As \"tlsward token list\" prints it.")
    private String name;

    TokenRevokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        boolean ended = configuration.tokens(surroundings).revoke(name);
        if (!ended) {
            spec.commandLine().getErr().println("tlsward token revoke: there is no token \"" + name + "\"");
        }
        return (ended ? ExitCode.CLEAN : ExitCode.PROBLEMS).number();
    }
}
