/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A fixed next hop ({@code via}): mail goes there, no MX is looked up.
 *
 * @param host A-labels in lower case, or an address in digits without brackets
 * @param address present if {@code host} is an address
 * @param port 1 to 65535
 */
public record NextHop(String host, Optional<InetAddress> address, int port) {
    /** Where servers take mail from servers (RFC 5321 §4.5.4.2). */
    public static final int SMTP_PORT = 25;

    private static final int HIGHEST_PORT = 65_535;
    private static final String RFC_5321_TAG = "IPv6:";

    /**
     * Reads {@code mx.example}, {@code mx.example:2525}, {@code [192.0.2.7]:2525}, {@code [2001:db8::1]:25} or {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException with a message that says what was expected
     */
    public static NextHop parse(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("[")) {
            int end = trimmed.indexOf(']');
            if (end < 0) {
                throw unexpected(text, "the closing bracket is missing");
            }
            return of(trimmed.substring(1, end), port(trimmed.substring(end + 1), text), text);
        }
        int colon = trimmed.indexOf(':');
        if (colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0) {
            throw unexpected(text, "an IPv6 address needs brackets");
        }
        return colon < 0
                ? of(trimmed, SMTP_PORT, text)
                : of(trimmed.substring(0, colon), port(trimmed.substring(colon), text), text);
    }

    private static NextHop of(String host, int port, String whole) {
        boolean tagged = host.regionMatches(true, 0, RFC_5321_TAG, 0, RFC_5321_TAG.length());
        Optional<InetAddress> address = AddressLiteral.parse(tagged ? host.substring(RFC_5321_TAG.length()) : host);
        if (address.isPresent()) {
            return new NextHop(address.get().getHostAddress(), address, port);
        }
        if (host.matches("[0-9.]*")) {
            // All digits would pass as labels, but no top-level domain is a number: it is a mistyped address.
            throw unexpected(whole, "\"" + host + "\" is no address");
        }
        String name = DomainName.canonicalOrEmpty(host)
                .orElseThrow(() -> unexpected(whole, "\"" + host + "\" is neither a host name nor an address"));
        return new NextHop(name, Optional.empty(), port);
    }

    private static int port(String suffix, String whole) {
        if (suffix.isEmpty()) {
            return SMTP_PORT;
        }
        if (!suffix.matches(":[0-9]{1,5}")) {
            throw unexpected(whole, "\"" + suffix + "\" is no port");
        }
        int port = Integer.parseInt(suffix.substring(1));
        if (port < 1 || port > HIGHEST_PORT) {
            throw unexpected(whole, "ports go from 1 to " + HIGHEST_PORT);
        }
        return port;
    }

    private static IllegalArgumentException unexpected(String text, String why) {
        return new IllegalArgumentException("unsupported next hop \"" + text + "\": " + why
                + " (expected: mx.example, mx.example:2525, [192.0.2.7]:2525 or [2001:db8::1]:25)");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        boolean brackets = address.filter(Inet6Address.class::isInstance).isPresent();
        return (brackets ? "[" + host + "]" : host) + ":" + port;
    }
}
