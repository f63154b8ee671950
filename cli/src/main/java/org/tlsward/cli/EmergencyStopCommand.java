/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Stops mail. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stop mail at once; a restart does not change that. Without a class, a destination or --all: the whole",
            "server. It then answers 421 to everybody and sends nothing; what waits is neither bounced nor withheld",
            "for it. A narrower stop puts incoming mail off, and outgoing mail waits; its senders are told as the",
            "times of its class say, and at their end it is withheld. An attempt that is under way ends as it began."
        })
final class EmergencyStopCommand extends EmergencyOrder {
    static final String SERVER_IS_STOPPED = "The whole server is stopped: it takes no mail and sends none.";

    @ArgGroup(multiplicity = "0..1")
    private EmergencyTarget target;

    EmergencyStopCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ObjectNode what() {
        return target == null ? body().put("what", "server") : target.body();
    }

    @Override
    boolean needsEnd() {
        return target == null;
    }

    @Override
    String told(JsonNode answer) {
        return target == null ? SERVER_IS_STOPPED : target + " is stopped.";
    }
}
