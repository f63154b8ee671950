/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Print a script by which a shell completes commands and options. One for both: bash reads it as it is, zsh by its bashcompinit,"
                    + " which the script loads.",
            "  source <(tlsward completion bash)"
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  printed", "  64  bad usage"})
final class CompletionCommand implements Callable<Integer> {
    /** The shells that can read it. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", arity = "0..1", defaultValue = "bash", description = "bash (default) or zsh.")
    private Shell shell;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("# source <(tlsward completion " + shell + ")");
        out.print(AutoComplete.bash("tlsward", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
