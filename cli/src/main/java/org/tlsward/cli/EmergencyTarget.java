/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Which mail: one of three. */
final class EmergencyTarget {
    @Option(
            names = "--class",
            paramLabel = "NAME",
            required = true,
            description = "Mail to and from members of this class.")
    private String className;

    @Option(
            names = "--destination",
            paramLabel = "DOMAIN",
            required = true,
            description = "Outgoing mail to this domain; .DOMAIN for all below it.")
    private String destination;

    @Option(names = "--all", required = true, description = "All protected mail.")
    private boolean all;

    /** As the server wants to be told. */
    ObjectNode body() {
        ObjectNode body = ServerDeed.body();
        if (all) {
            return body.put("what", "all").put("name", "");
        }
        return className != null
                ? body.put("what", "class").put("name", className)
                : body.put("what", "destination").put("name", destination);
    }

    @Override
    public String toString() {
        if (all) {
            return "All protected mail";
        }
        return className != null ? "Mail of the class " + className : "Mail to " + destination;
    }
}
