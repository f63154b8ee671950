/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.tlsward.check.ExitCode;
import org.tlsward.policy.EmergencyEnd;
import picocli.CommandLine.Option;

/** What the commands that stop something have in common: until when, and why. */
abstract class EmergencyOrder extends ServerDeed {
    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = {
                "When it ends by itself: 30m, 2h, 3d, or a date and time like 2027-03-01T06:00.",
                "A later time for what is stopped already extends it."
            })
    private String until;

    @Option(
            names = {"--reason", "--why"},
            paramLabel = "TEXT",
            description = "Why, in one sentence. Senders may read it. Required.")
    private String reason;

    EmergencyOrder(Surroundings surroundings) {
        super(surroundings);
    }

    /** What to stop, as the server wants to be told. */
    abstract ObjectNode what();

    /** True if there has to be an end. */
    abstract boolean needsEnd();

    /** What is stopped then, for people. */
    abstract String told(JsonNode answer);

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode answer = connection.post("/emergency/stop", order());
        String end = answer.has("until")
                ? " It ends by itself at " + answer.path("until").asText() + "."
                : "";
        boolean changed = answer.path("changed").asBoolean();
        tell(answer, told(answer) + (changed ? "" : " It was before, and nothing has changed.") + end);
        if (answer.has("warning")) {
            err().println("Warning: " + clean(answer.path("warning").asText()));
        }
        return ExitCode.CLEAN;
    }

    private ObjectNode order() {
        if (reason == null || reason.isBlank()) {
            throw new UsageException("a reason is missing (expected: --reason TEXT; senders may read it)");
        }
        ObjectNode order = what().put("why", reason);
        if (until != null) {
            order.put("until", end());
        } else if (needsEnd()) {
            throw new UsageException("an end is missing (expected: --until 2h; it can be extended and ended early)");
        }
        return order;
    }

    /** A span is counted by the server's clock; a time of day is that of whoever types it. */
    private String end() {
        Instant end;
        try {
            end = EmergencyEnd.parse(until, now(), ZoneId.systemDefault());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return until.strip().matches("[0-9]+[A-Za-z]") ? until.strip() : end.toString();
    }
}
