/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What a class demands of the delivery of its mail.
 *
 * @param level the word of the configuration, for explanations and for {@code none}, which also suppresses STARTTLS
 * @param required enforced: the level with the names, pins and minimum of the rule
 * @param observe a stricter requirement that is only evaluated and recorded
 * @param warnAfter when the sender learns that the mail waits
 * @param giveUpAfter when failures of the requirement become final
 */
public record OutboundRule(
        TlsLevel level, Requirement required, Optional<Requirement> observe, Duration warnAfter, Duration giveUpAfter) {

    /** Requires nothing, with the usual times of mail servers: four hours and five days (RFC 5321 §4.5.4.1). */
    public static final OutboundRule NOTHING = new OutboundRule(
            TlsLevel.MAY, Requirement.NOTHING, Optional.empty(), Duration.ofHours(4), Duration.ofDays(5));
}
