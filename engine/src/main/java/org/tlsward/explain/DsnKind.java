/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.Locale;

/** What a notice to the sender is about. */
public enum DsnKind {
    /** The mail may not travel (RFC 3464 §2.3.3: {@code failed}). */
    WITHHELD,
    /** The other side does not want it, or cannot be reached ({@code failed}). */
    REJECTED,
    /** It waits ({@code delayed}). */
    DELAYED,
    /** It was passed on to a server that tells no more of it ({@code relayed}). */
    RELAYED;

    /** Where its phrases are. */
    String key() {
        return "dsn." + name().toLowerCase(Locale.ROOT);
    }
}
