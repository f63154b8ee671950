/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Lets mail go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Let mail go on that was stopped; what waits is tried at once.")
final class EmergencyResumeCommand extends ServerDeed {
    @ArgGroup(multiplicity = "1")
    private EmergencyTarget target;

    EmergencyResumeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        tell(connection.post("/emergency/resume", target.body()), target + " goes on.");
        return ExitCode.CLEAN;
    }
}
