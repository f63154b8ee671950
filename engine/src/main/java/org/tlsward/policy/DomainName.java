/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Domain names in the one form in which they are compared: A-labels, lower case, no trailing dot (RFC 5890 §2.3.2.1). */
public final class DomainName {
    /** Letters, digits, hyphens; the underscore too, because host names in the wild have it. */
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

    /**
     * Characters that IDNA 2003, which the JDK speaks, maps to something else or drops, and that are letters of their own today
     * (RFC 5894 §7.2): sharp s, final sigma and the two joiners. To map them would mean another domain.
     */
    private static final Pattern DEVIATIONS = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

    /** RFC 1035 §2.3.4, without the root. */
    private static final int LONGEST = 253;

    private DomainName() {}

    /**
     * The name in the form in which names are compared.
     *
     * @throws IllegalArgumentException with a message that says what was expected
     */
    public static String canonical(String name) {
        return canonicalOrEmpty(name)
                .orElseThrow(() -> new IllegalArgumentException("unsupported name \"" + name
                        + "\" (expected: a domain name like mx.example.org; one with \u00DF as its A-label, xn--...)"));
    }

    /** The name in the form in which names are compared, or empty if it is no domain name. Never throws. */
    public static Optional<String> canonicalOrEmpty(String name) {
        if (DEVIATIONS.matcher(name).find()) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return bare.length() <= LONGEST && LABELS.matcher(bare).matches() ? Optional.of(bare) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // A label of more than 63 characters or an empty one, depending on the JDK.
            return Optional.empty();
        }
    }

    /** The name without its first label, or empty if it has one only. */
    static Optional<String> parent(String canonical) {
        int dot = canonical.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(canonical.substring(dot + 1));
    }
}
