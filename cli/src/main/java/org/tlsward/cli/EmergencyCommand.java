/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Groups what stops mail or TLS in an emergency; without a command it does what is right for most. */
@Command(
        name = "emergency",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "[MODE]",
        description = {
            "Stop mail or TLS on a running server at once, and let it go on: mail waits and is not lost.",
            "Without a mode: stop (the whole server) where a class is protected, else no-tls."
        })
final class EmergencyCommand extends EmergencyOrder {
    EmergencyCommand(Surroundings surroundings) {
        super(surroundings);
    }

    /** With its commands. */
    static CommandLine line(Surroundings surroundings) {
        return new CommandLine(new EmergencyCommand(surroundings))
                .addSubcommand(new EmergencyStopCommand(surroundings))
                .addSubcommand(new EmergencyNoTlsCommand(surroundings))
                .addSubcommand(new EmergencyRefuseVersionCommand(surroundings))
                .addSubcommand(new EmergencyRefuseCipherCommand(surroundings))
                .addSubcommand(new EmergencyResumeCommand(surroundings))
                .addSubcommand(new EmergencyListCommand(surroundings));
    }

    @Override
    ObjectNode what() {
        return body();
    }

    @Override
    boolean needsEnd() {
        return true;
    }

    @Override
    String told(JsonNode answer) {
        return answer.path("what").asText().equals("server")
                ? EmergencyStopCommand.SERVER_IS_STOPPED
                : EmergencyNoTlsCommand.TLS_IS_OFF;
    }
}
