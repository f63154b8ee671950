/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Is the second person. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Agree that a withheld mail travels under the lower requirement that another person has asked for.")
final class QuarantineConfirmCommand extends ServerDeed {
    @Parameters(index = "0", paramLabel = "ID", description = "As \"tlsward quarantine list\" shows it.")
    private String id;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    QuarantineConfirmCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode mail = connection.get(path(id));
        JsonNode pending = mail.path("pending");
        if (pending.isMissingNode()) {
            err().println("Nobody has asked to release " + clean(id) + " (any more).");
            return ExitCode.PROBLEMS;
        }
        String question = "The mail to " + QuarantineListCommand.recipients(mail) + " needs: "
                + mail.path("required").asText() + ". " + QuarantineListCommand.pending(pending) + ".";
        if (!agrees(question, yes)) {
            return ExitCode.PROBLEMS;
        }
        // What was shown, and nothing that somebody has put in its place since.
        JsonNode answer = connection.post(
                path(id) + "/confirm", body().put("at", pending.path("at").asText()));
        tell(answer, id + " is on its way.");
        return ExitCode.CLEAN;
    }
}
