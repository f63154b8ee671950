/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Map;
import java.util.Optional;

/**
 * A class of addresses and what it demands.
 *
 * @param name as in the configuration, for example {@code medical}
 * @param inbound what sessions must have that bring mail for it
 * @param outbound what deliveries must have
 * @param alternatives what people can do instead of sending mail, by language ({@code de}, {@code en}, {@code fr})
 */
public record ClassRule(String name, InboundRule inbound, OutboundRule outbound, Map<String, String> alternatives) {

    /** Copies its arguments. */
    public ClassRule {
        alternatives = Map.copyOf(alternatives);
    }

    /** The alternative in that language, else in English, else in any. */
    public Optional<String> alternative(String language) {
        return Optional.ofNullable(alternatives.get(language))
                .or(() -> Optional.ofNullable(alternatives.get("en")))
                .or(() -> alternatives.values().stream().sorted().findFirst());
    }

    /** True if a demand, inbound or outbound, is enforced: its mail is protected. */
    public boolean isProtected() {
        return inbound.minimum() != InboundMinimum.NONE || !outbound.required().isEmpty();
    }
}
