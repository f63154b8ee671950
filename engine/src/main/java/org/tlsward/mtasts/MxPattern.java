/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.util.Optional;
import org.tlsward.policy.DomainName;

/** The {@code mx} patterns of a policy (RFC 8461 §4.1), in the form of {@link StsPolicy#mx()}. */
final class MxPattern {
    private static final String WILDCARD = "*.";

    private MxPattern() {}

    /** The pattern in the form in which patterns are compared; empty if it is none. U-labels become A-labels. Never throws. */
    static Optional<String> canonical(String text) {
        // RFC 8461 §3.2: ["*."] Domain; the wildcard is the whole left-most label, or none
        String prefix = text.startsWith(WILDCARD) ? WILDCARD : "";
        return DomainName.canonicalOrEmpty(text.substring(prefix.length())).map(prefix::concat);
    }

    /** True if the pattern means that host. The host may end in a dot and have capitals or U-labels. Never throws. */
    static boolean matches(String pattern, String host) {
        return DomainName.canonicalOrEmpty(host)
                .filter(name -> pattern.startsWith(WILDCARD) ? below(pattern, name) : pattern.equals(name))
                .isPresent();
    }

    /** RFC 8461 §4.1: the wildcard stands for exactly one label. */
    private static boolean below(String pattern, String name) {
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot + 1).equals(pattern.substring(WILDCARD.length()));
    }
}
