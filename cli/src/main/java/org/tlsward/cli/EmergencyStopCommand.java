/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops mail. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stop mail at once, until it is resumed; a restart does not change that.",
            "Incoming mail stays with its senders, who are told to try later. Outgoing",
            "mail waits; its senders are told as the times of its class say, and at their",
            "end it is withheld. An attempt that is under way ends as it began."
        })
final class EmergencyStopCommand extends ServerDeed {
    @ArgGroup(multiplicity = "1")
    private EmergencyTarget target;

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in one sentence. Senders may read it.")
    private String why;

    EmergencyStopCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode answer = connection.post("/emergency/stop", target.body().put("why", why));
        tell(answer, target + (answer.path("changed").asBoolean() ? " is stopped." : " was stopped already."));
        return ExitCode.CLEAN;
    }
}
