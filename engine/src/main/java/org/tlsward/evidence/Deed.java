/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an {@link EvidenceAction} is about. The words are stable. */
public enum Deed {
    /** The mail was put aside because it may not travel. */
    QUARANTINED,
    /** It goes back into the queue under the same requirement. */
    RELEASED,
    /** Somebody wants it to travel although the requirement is not met. */
    OVERRIDE_REQUESTED,
    /** Another one agreed, or nobody else has to: it travels under a lowered requirement. */
    OVERRIDE_CONFIRMED,
    /** The wish was taken back or refused: it stays. */
    OVERRIDE_WITHDRAWN,
    /** It goes back to its sender, by hand. */
    BOUNCED,
    /** It had lain for too long and goes back to its sender. */
    EXPIRED;

    /** The word of the line, for example {@code override-requested}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The deed with that word. */
    public static Optional<Deed> of(String word) {
        return Arrays.stream(values()).filter(deed -> deed.word().equals(word)).findFirst();
    }
}
