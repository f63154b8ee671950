/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An MTA-STS policy (RFC 8461 §3.2).
 *
 * @param mode what it asks for
 * @param mx patterns of MX host names, in lower case without the trailing dot; may be empty only with mode {@code none}
 * @param maxAge how long it may be kept
 * @param lines the policy as it was fetched, a line each, for reports (RFC 8460 §4.4 {@code policy-string})
 */
public record StsPolicy(Mode mode, List<String> mx, Duration maxAge, List<String> lines) {

    /** What a policy asks for (RFC 8461 §5). */
    public enum Mode {
        /** Mail only to hosts that meet the policy. */
        ENFORCE,
        /** Mail as without it; failures are reported. */
        TESTING,
        /** No policy. */
        NONE;

        /** As in the policy file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies its arguments. */
    public StsPolicy {
        mx = List.copyOf(mx);
        lines = List.copyOf(lines);
    }
}
