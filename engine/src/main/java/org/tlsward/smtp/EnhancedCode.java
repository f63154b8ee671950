/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code, for example {@code 5.7.10} (RFC 3463 §2).
 *
 * @param kind 2, 4 or 5
 * @param subject for example 7 for security and policy
 * @param detail at most three digits
 */
public record EnhancedCode(int kind, int subject, int detail) {
    // RFC 2034 §4: the code stands first in the text and a blank follows; RFC 3463 §2: at most three digits each.
    private static final Pattern AT_START = Pattern.compile("([245])\\.([0-9]{1,3})\\.([0-9]{1,3})(?: .*)?");

    /** The code that {@code text} begins with. */
    public static Optional<EnhancedCode> startOf(String text) {
        Matcher matcher = AT_START.matcher(text);
        return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    }

    private static EnhancedCode of(Matcher matcher) {
        return new EnhancedCode(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
