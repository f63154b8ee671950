/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import picocli.CommandLine.Command;

/** Groups what is about the configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Look at the configuration.")
final class ConfigCommand implements Runnable {
    @Override
    public void run() {
        throw new UsageException("a command is missing (expected: check or import-postfix)");
    }
}
