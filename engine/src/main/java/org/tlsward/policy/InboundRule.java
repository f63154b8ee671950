/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a class demands of the session that brings mail for it.
 *
 * @param minimum enforced
 * @param observe a stricter minimum that is only recorded: "would have been refused"
 * @param exempt networks whose sessions are not judged, for example a filter in front of James on the same host
 */
public record InboundRule(InboundMinimum minimum, Optional<InboundMinimum> observe, List<IpNetwork> exempt) {

    /** Demands nothing. */
    public static final InboundRule NOTHING = new InboundRule(InboundMinimum.NONE, Optional.empty(), List.of());

    /** Copies its arguments. */
    public InboundRule {
        exempt = List.copyOf(exempt);
    }

    /**
     * Both rules at once, for an address in two classes: the stronger minimums. An address is exempt only if both say so.
     */
    public InboundRule join(InboundRule other) {
        List<IpNetwork> both = exempt.stream()
                .flatMap(one -> other.exempt.stream().flatMap(two -> one.intersect(two).stream()))
                .distinct()
                .toList();
        Optional<InboundMinimum> stricter = observe.isPresent() && other.observe.isPresent()
                ? Optional.of(observe.get().join(other.observe.get()))
                : observe.or(other::observe);
        return new InboundRule(minimum.join(other.minimum), stricter, both);
    }
}
