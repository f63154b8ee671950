/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** Switches TLS off. */
@Command(
        name = "no-tls",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Switch TLS off: STARTTLS is neither offered nor used, port 465 is closed, nobody logs in.",
            "General mail goes on in cleartext. Protected mail is put off at the door and waits on its way out."
        })
final class EmergencyNoTlsCommand extends EmergencyOrder {
    static final String TLS_IS_OFF = "TLS is switched off. General mail goes in cleartext, protected mail waits.";

    EmergencyNoTlsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ObjectNode what() {
        return body().put("what", "no-tls");
    }

    @Override
    boolean needsEnd() {
        return true;
    }

    @Override
    String told(JsonNode answer) {
        return TLS_IS_OFF;
    }
}
