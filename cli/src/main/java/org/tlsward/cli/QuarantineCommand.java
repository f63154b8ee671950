/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Groups what is about withheld mail. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Mail that a running server has withheld: look at it, let it go, send it back.")
final class QuarantineCommand implements Runnable {
    /** With its commands. */
    static CommandLine line(Surroundings surroundings) {
        return new CommandLine(new QuarantineCommand())
                .addSubcommand(new QuarantineListCommand(surroundings))
                .addSubcommand(new QuarantineShowCommand(surroundings))
                .addSubcommand(new QuarantineReleaseCommand(surroundings))
                .addSubcommand(new QuarantineOverrideCommand(surroundings))
                .addSubcommand(new QuarantineConfirmCommand(surroundings))
                .addSubcommand(new QuarantineWithdrawCommand(surroundings))
                .addSubcommand(new QuarantineBounceCommand(surroundings));
    }

    @Override
    public void run() {
        throw new UsageException(
                "a command is missing (expected: list, show, release, override, confirm, withdraw or bounce)");
    }
}
