/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Instant;

/**
 * What has kept a remembered policy from being renewed.
 *
 * @param cause where it went wrong
 * @param why for people
 * @param since the first of such failures without a success between
 * @param last the latest
 */
public record Setback(Cause cause, String why, Instant since, Instant last) {

    /** Where it went wrong. */
    public enum Cause {
        /** The TXT record is gone, is unusable, or could not be asked for. */
        RECORD,
        /** The policy could not be fetched. */
        POLICY
    }
}
