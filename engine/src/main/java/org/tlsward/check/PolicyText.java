/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.time.Duration;
import java.util.Optional;
import org.tlsward.explain.RequirementWords;
import org.tlsward.policy.Requirement;

/** Requirements and durations in plain words. */
public final class PolicyText {
    private PolicyText() {}

    /** What a requirement demands, one condition after the other. */
    public static String of(Requirement required) {
        return RequirementWords.of(required);
    }

    /** What is only recorded, with what is enforced before it. */
    public static String of(Requirement required, Optional<Requirement> observed) {
        return of(required)
                + observed.map(stricter -> "; only recorded: " + of(stricter)).orElse("");
    }

    /** As the configuration writes durations: {@code 15m}, {@code 4h}, {@code 5d}. */
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
