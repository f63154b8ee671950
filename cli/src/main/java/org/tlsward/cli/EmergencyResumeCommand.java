/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets mail go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Let go on what was stopped; what waits is tried at once.",
            "Without anything: the only stop there is."
        })
final class EmergencyResumeCommand extends ServerDeed {
    @Parameters(
            arity = "0..1",
            index = "0",
            paramLabel = "MODE",
            description = "stop (the whole server), no-tls, refuse-version or refuse-cipher.")
    private String mode;

    @Parameters(
            arity = "0..1",
            index = "1",
            paramLabel = "NAME",
            description = "The version or the pattern that was refused.")
    private String name;

    @ArgGroup(multiplicity = "0..1")
    private EmergencyTarget target;

    EmergencyResumeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        ObjectNode body = body(connection);
        String rule = body.path("what").asText() + " " + body.path("name").asText();
        String told = target == null ? "Ended: " + rule.strip() + "." : target + " goes on.";
        tell(connection.post("/emergency/resume", body), told);
        return ExitCode.CLEAN;
    }

    private ObjectNode body(ServerConnection connection) throws IOException {
        if (target != null && mode == null) {
            return target.body();
        }
        if (target != null) {
            throw new UsageException("unsupported mode \"" + mode + "\" beside --class, --destination or --all");
        }
        return mode == null ? theOnlyOne(connection) : ofMode();
    }

    private ObjectNode ofMode() {
        String what =
                switch (mode) {
                    case "stop", "server" -> "server";
                    case "no-tls", "refuse-version", "refuse-cipher" -> mode;
                    default -> throw new UsageException("unsupported mode \"" + mode
                            + "\" (expected: stop, no-tls, refuse-version VERSION, refuse-cipher PATTERN)");
                };
        if (what.startsWith("refuse-") != (name != null)) {
            throw new UsageException(
                    name == null
                            ? "what is refused is missing (expected: " + mode + " NAME)"
                            : "unsupported name \"" + name + "\"");
        }
        return body().put("what", what).put("name", name == null ? "" : name);
    }

    private static ObjectNode theOnlyOne(ServerConnection connection) throws IOException {
        JsonNode stops = connection.get("/emergency").path("stops");
        if (stops.size() == 1) {
            JsonNode only = stops.get(0);
            return body().put("what", only.path("what").asText())
                    .put("name", only.path("name").asText());
        }
        List<String> all = new ArrayList<>();
        stops.forEach(stop ->
                all.add((stop.path("what").asText() + " " + stop.path("name").asText()).strip()));
        throw new UsageException(
                all.isEmpty()
                        ? "nothing is stopped"
                        : "several things are stopped (expected: one of them): " + clean(String.join(", ", all)));
    }
}
