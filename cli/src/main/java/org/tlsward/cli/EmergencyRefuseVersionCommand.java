/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Refuses a version of TLS. */
@Command(
        name = "refuse-version",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Refuse a version of TLS: we offer it to nobody, and a session that has it ends before mail or a",
            "password is said. Its handshake has been made by then: see docs/emergency.md."
        })
final class EmergencyRefuseVersionCommand extends EmergencyOrder {
    @Parameters(paramLabel = "VERSION", description = "TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3.")
    private String version;

    EmergencyRefuseVersionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ObjectNode what() {
        return body().put("what", "refuse-version").put("name", version);
    }

    @Override
    boolean needsEnd() {
        return true;
    }

    @Override
    String told(JsonNode answer) {
        return version + " is refused.";
    }
}
