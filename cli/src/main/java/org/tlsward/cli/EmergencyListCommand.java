/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;

/** Lists what is stopped. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List what is stopped, by whom, why, since when and until when.",
        footerHeading = "%nExit codes:%n",
        footer = {"   0  nothing is stopped", "   1  something is", "   2  the server could not tell", "  64  bad usage"
        })
final class EmergencyListCommand extends ServerDeed {
    EmergencyListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode answer = connection.get("/emergency");
        JsonNode stops = answer.path("stops");
        if (isForPrograms()) {
            tell(answer, "");
        } else if (stops.isEmpty()) {
            say("Nothing is stopped.");
        } else {
            stops.forEach(this::print);
        }
        return stops.isEmpty() ? ExitCode.CLEAN : ExitCode.PROBLEMS;
    }

    private void print(JsonNode stop) {
        String name = stop.path("name").asText();
        say(stop.path("what").asText() + (name.isEmpty() ? "" : " " + name));
        say("  by " + stop.path("by").asText() + " since " + stop.path("since").asText()
                + (stop.has("until") ? " until " + stop.path("until").asText() : ""));
        say("  " + stop.path("why").asText());
    }
}
