/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Groups what stops mail in an emergency. */
@Command(
        name = "emergency",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Stop mail on a running server at once, and let it go on: it waits and is not lost.")
final class EmergencyCommand implements Runnable {
    /** With its commands. */
    static CommandLine line(Surroundings surroundings) {
        return new CommandLine(new EmergencyCommand())
                .addSubcommand(new EmergencyStopCommand(surroundings))
                .addSubcommand(new EmergencyResumeCommand(surroundings))
                .addSubcommand(new EmergencyListCommand(surroundings));
    }

    @Override
    public void run() {
        throw new UsageException("a command is missing (expected: stop, resume or list)");
    }
}
