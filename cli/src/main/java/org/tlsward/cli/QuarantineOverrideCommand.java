/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Wants a withheld mail to travel under a lower requirement. */
@Command(
        name = "override",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Let one withheld mail travel under a lower requirement. Another person has to confirm it",
            "(\"tlsward quarantine confirm\"), unless the server says fourEyes=\"false\". What the recipient's domain publishes (DANE,",
            "MTA-STS) and REQUIRETLS are not lowered."
        })
final class QuarantineOverrideCommand extends ServerDeed {
    @Parameters(index = "0", paramLabel = "ID", description = "As \"tlsward quarantine list\" shows it.")
    private String id;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "The reason; it is kept as evidence.")
    private String why;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "encrypt (default): TLS with any certificate. may: cleartext if there is no TLS.")
    private String level = "encrypt";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    QuarantineOverrideCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode mail = connection.get(path(id));
        String question = "The mail to " + QuarantineListCommand.recipients(mail) + " needs: "
                + mail.path("required").asText() + ". It would travel under \"" + level + "\": " + means(mail) + ".";
        if (!agrees(question, yes)) {
            return ExitCode.PROBLEMS;
        }
        JsonNode answer =
                connection.post(path(id) + "/override", body().put("why", why).put("level", level));
        tell(
                answer,
                answer.path("state").asText().equals("pending")
                        ? "Another person has to confirm it within 24 hours: tlsward quarantine confirm " + id
                        : id + " is on its way.");
        return ExitCode.CLEAN;
    }

    private String means(JsonNode mail) {
        for (JsonNode each : mail.path("overrides")) {
            if (each.path("level").asText().equals(level)) {
                return each.path("means").asText();
            }
        }
        throw new UsageException("unsupported level \"" + level + "\" (expected: encrypt, may)");
    }
}
