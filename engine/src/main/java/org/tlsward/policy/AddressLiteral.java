/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses in digits. {@link InetAddress#getByName} looks up whatever is none, so that is ruled out before. */
final class AddressLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /**
     * What begins like an address and has a colon the JDK takes for IPv6 or throws; it never looks it up. No scope: that is of one
     * machine only.
     */
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private AddressLiteral() {}

    /** The address, or empty if the text is none. Never throws, never looks up. */
    static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
