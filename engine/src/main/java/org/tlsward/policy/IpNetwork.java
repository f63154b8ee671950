/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291 §2.3), or a single address.
 *
 * @param base the first address of the network
 * @param prefixLength how many leading bits must be equal
 */
public record IpNetwork(InetAddress base, int prefixLength) {
    /** Literals only: {@link InetAddress#getByName} must never be asked to look a name up. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException with a message that says what was expected
     */
    public static IpNetwork parse(String text) {
        String trimmed = text.trim();
        int slash = trimmed.indexOf('/');
        InetAddress base = address(slash < 0 ? trimmed : trimmed.substring(0, slash), text);
        int bits = base.getAddress().length * 8;
        return new IpNetwork(base, slash < 0 ? bits : prefix(trimmed.substring(slash + 1), bits, text));
    }

    private static InetAddress address(String literal, String whole) {
        if (!LITERAL.matcher(literal).matches()) {
            throw unexpected(whole);
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw unexpected(whole);
        }
    }

    private static int prefix(String digits, int bits, String whole) {
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
            throw unexpected(whole);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException("unsupported network \"" + text
                + "\" (expected: an address like 192.0.2.1 or a network like 10.0.0.0/8)");
    }

    /** True if {@code address} lies in this network; addresses of the other family never do. */
    public boolean contains(InetAddress address) {
        byte[] left = base.getAddress();
        byte[] right = address.getAddress();
        if (left.length != right.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((left[bit / 8] & mask) != (right[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefixLength;
    }
}
