/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Tells whoever waits at a terminal what goes on; a script is not told. */
final class Progress {
    private Progress() {}

    /** On standard error, so that the report can be piped. */
    static Consumer<String> of(CommandSpec spec) {
        return spec.commandLine().getColorScheme().ansi().enabled()
                ? what -> spec.commandLine().getErr().println("... " + what)
                : what -> {};
    }
}
