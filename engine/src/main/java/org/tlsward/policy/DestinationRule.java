/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Optional;

/**
 * What the configuration says of one destination. Like every rule it can only raise what a mail requires; only a
 * {@link PolicyException} lowers.
 *
 * @param match which recipient domains
 * @param outbound level, requirement with names, pins and minimum, and what is observed
 * @param via a fixed next hop; else the MX hosts
 * @param credentials what to log in with there
 * @param clientCertificate the certificate that we show there
 */
public record DestinationRule(
        DomainMatch match,
        DestinationDemand outbound,
        Optional<NextHop> via,
        Optional<Credentials> credentials,
        Optional<ClientCertificate> clientCertificate) {

    /**
     * What a destination rule demands.
     *
     * @param level the word of the configuration, for explanations and for {@code none}, which also suppresses STARTTLS
     * @param required enforced: the level with the names, pins and minimum of the rule
     * @param observe a stricter requirement that is only evaluated and recorded
     */
    public record DestinationDemand(TlsLevel level, Requirement required, Optional<Requirement> observe) {}

    /** The word of the configuration. */
    public TlsLevel level() {
        return outbound.level();
    }

    /** What is enforced. */
    public Requirement required() {
        return outbound.required();
    }

    /** What is only recorded. */
    public Optional<Requirement> observe() {
        return outbound.observe();
    }
}
