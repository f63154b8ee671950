/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Refuses cipher suites. */
@Command(
        name = "refuse-cipher",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Refuse cipher suites: we offer them to nobody, and a session that has one ends before mail or a",
            "password is said. Its handshake has been made by then: see docs/emergency.md."
        })
final class EmergencyRefuseCipherCommand extends EmergencyOrder {
    @Parameters(
            paramLabel = "PATTERN",
            description = "Names as Java has them, with * and ?, for example '*_CBC_*'. Case is ignored.")
    private String pattern;

    EmergencyRefuseCipherCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ObjectNode what() {
        return body().put("what", "refuse-cipher").put("name", pattern);
    }

    @Override
    boolean needsEnd() {
        return true;
    }

    @Override
    String told(JsonNode answer) {
        return "Cipher suites like " + pattern + " are refused.";
    }
}
