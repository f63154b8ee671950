/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Locale;

/** What a line of evidence is about. */
public enum EvidenceType {
    /** One attempt to deliver one mail to one recipient. */
    ATTEMPT,
    /** One decision of the inbound gate about one recipient. */
    GATE;

    /** The word of the line, for example {@code attempt}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
