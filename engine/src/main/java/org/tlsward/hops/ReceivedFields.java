/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.List;

/** The {@code Received} lines of a message, or of a header that somebody pasted. */
public final class ReceivedFields {
    private static final String NAME = "Received";

    private ReceivedFields() {}

    /**
     * The bodies of the fields, from the top, as they are folded (RFC 5322 §2.2.3). Ends at the first empty line after something; never
     * throws.
     */
    public static List<String> in(String text) {
        return HeaderFields.in(text, NAME);
    }
}
