/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Locale;

/** How it ended. */
public enum RecordedOutcome {
    /** The remote server took the mail. */
    DELIVERED,
    /** It waits for another attempt. */
    DEFERRED,
    /** The remote server does not want it, or cannot be reached for too long. */
    REJECTED,
    /** It may not travel. */
    WITHHELD,
    /** The gate let the recipient pass. */
    ACCEPTED,
    /** The gate refused the recipient. */
    REFUSED;

    /** The word of the line, for example {@code delivered}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
