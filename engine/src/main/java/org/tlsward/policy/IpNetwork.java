/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291 §2.3), or a single address.
 *
 * @param base the first address of the network
 * @param prefixLength how many leading bits must be equal
 */
public record IpNetwork(InetAddress base, int prefixLength) {
    /** Clears the bits behind the prefix, so that equal networks are equal records. */
    public IpNetwork {
        base = first(base, prefixLength);
    }

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
        return AddressLiteral.parse(literal).orElseThrow(() -> unexpected(whole));
    }

    private static InetAddress first(InetAddress address, int prefixLength) {
        byte[] bytes = address.getAddress();
        if (prefixLength < 0 || prefixLength > bytes.length * 8) {
            throw new IllegalArgumentException(
                    "unsupported prefix length " + prefixLength + " (expected: 0 to " + bytes.length * 8 + ")");
        }
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
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

    /** The addresses in both: networks are nested or have nothing in common. */
    public Optional<IpNetwork> intersect(IpNetwork other) {
        IpNetwork narrow = prefixLength >= other.prefixLength ? this : other;
        IpNetwork wide = prefixLength >= other.prefixLength ? other : this;
        return wide.contains(narrow.base) ? Optional.of(narrow) : Optional.empty();
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefixLength;
    }
}
