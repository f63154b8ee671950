/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends withheld mail back to delivery. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Send withheld mail back to delivery. It is judged again: it goes out if the other side has mended its TLS, else it is",
            "withheld again."
        })
final class QuarantineReleaseCommand extends ServerDeed {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "As \"tlsward quarantine list\" shows it.")
    private String id;

    @Option(names = "--destination", paramLabel = "DOMAIN", description = "All mail for this recipient domain instead.")
    private String destination;

    QuarantineReleaseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        if ((id == null) == (destination == null)) {
            throw new UsageException("what to release is missing (expected: an ID, or --destination)");
        }
        if (destination == null) {
            JsonNode answer = connection.post(path(id) + "/release", body());
            tell(answer, id + " is on its way, and will be judged again.");
        } else {
            JsonNode answer = connection.post("/quarantine/release", body().put("destination", destination));
            int failed = answer.path("failed").asInt();
            tell(
                    answer,
                    answer.path("released").asInt() + " mails are on their way, and will be judged again."
                            + (failed == 0
                                    ? ""
                                    : " " + failed + " could not be released: the log of the server says why."));
            return failed == 0 ? ExitCode.CLEAN : ExitCode.PROBLEMS;
        }
        return ExitCode.CLEAN;
    }
}
