/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a withheld mail back. */
@Command(
        name = "bounce",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tell the sender that a withheld mail does not travel, and remove it.")
final class QuarantineBounceCommand extends ServerDeed {
    @Parameters(index = "0", paramLabel = "ID", description = "As \"tlsward quarantine list\" shows it.")
    private String id;

    QuarantineBounceCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode answer = connection.post(path(id) + "/bounce", body());
        tell(
                answer,
                answer.path("state").asText().equals("bounced")
                        ? "The sender of " + id + " is told, and the mail is removed."
                        : id + " is removed; it had no sender who wanted to be told.");
        return ExitCode.CLEAN;
    }
}
