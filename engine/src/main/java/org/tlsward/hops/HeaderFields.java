/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.ArrayList;
import java.util.List;

/** The fields of one name of a message, or of a header that somebody pasted. */
public final class HeaderFields {
    private HeaderFields() {}

    /**
     * The bodies of the fields, from the top, as they are folded (RFC 5322 §2.2.3). Ends at the first empty line after something; never
     * throws.
     */
    public static List<String> in(String text, String name) {
        List<String> bodies = new ArrayList<>();
        StringBuilder body = null;
        boolean begun = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank() && begun) {
                break;
            }
            begun |= !line.isBlank();
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (folded && body != null) {
                body.append('\n').append(line);
                continue;
            }
            if (body != null) {
                bodies.add(body.toString());
            }
            body = isNamed(line, name) ? new StringBuilder(line.substring(line.indexOf(':') + 1)) : null;
        }
        if (body != null) {
            bodies.add(body.toString());
        }
        return bodies;
    }

    /** Blanks before the colon are allowed in old mail (RFC 5322 §4.5.3 and the other parts of §4.5). */
    private static boolean isNamed(String line, String name) {
        int colon = line.indexOf(':');
        return colon >= name.length()
                && line.substring(0, colon).stripTrailing().equalsIgnoreCase(name);
    }
}
