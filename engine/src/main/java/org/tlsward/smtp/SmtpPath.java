/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that is safe between the angle brackets of MAIL and RCPT (RFC 5321 §4.1.2): it can neither end the bracket nor the line.
 *
 * @param text with the domain in A-labels
 * @param utf8 true if the local part is not ASCII and needs SMTPUTF8 (RFC 6531 §3.3)
 */
record SmtpPath(String text, boolean utf8) {
    private static final Pattern ADDRESS = Pattern.compile("(?<local>"
            + "[^\\p{Cntrl}\\s<>()\\[\\]\\\\,;:@\"]+" // Dot-string; where dots stand is the server's business
            + "|\"(?:[^\\p{Cntrl}\"\\\\]|\\\\[ -~])*\")" // Quoted-string
            + "@(?<domain>[^\\p{Cntrl}\\s<>()\\[\\]\\\\,;:@\"]+|\\[[0-9A-Za-z:.-]+\\])");
    private static final int LONGEST = 1000;

    /** Empty if the text cannot be sent as an address. */
    static Optional<SmtpPath> of(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (address.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String local = matcher.group("local");
        boolean ascii = local.chars().allMatch(c -> c < 128);
        return aLabels(matcher.group("domain")).map(domain -> new SmtpPath(local + "@" + domain, !ascii));
    }

    private static Optional<String> aLabels(String domain) {
        if (domain.startsWith("[")) {
            return Optional.of(domain);
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
            return ascii.matches("[A-Za-z0-9_.-]+") ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
