/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Locale;

/** The encodings of RFC 3461 §4 and RFC 6533 §3 for values of DSN parameters. */
final class Xtext {
    private Xtext() {}

    /** RFC 3461 §4: printable ASCII without {@code +} and {@code =} stands for itself. */
    static String encode(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            if (plain(c)) {
                encoded.append((char) c);
            } else {
                encoded.append('+').append(String.format(Locale.ROOT, "%02X", c));
            }
        }
        return encoded.toString();
    }

    /** {@code type;address}; an address that is not ASCII gets the type {@code utf-8} (RFC 6533 §3). */
    static String originalRecipient(String value) {
        int separator = value.indexOf(';');
        String type = separator < 0 ? "rfc822" : value.substring(0, separator).trim();
        String address = value.substring(separator + 1).trim();
        boolean ascii = address.chars().allMatch(c -> c < 128);
        return ascii && !type.equalsIgnoreCase("utf-8")
                ? Xtext.encode(type) + ";" + encode(address)
                : "utf-8;" + unicode(address);
    }

    private static String unicode(String address) {
        StringBuilder encoded = new StringBuilder();
        address.codePoints().forEach(c -> {
            if (plain(c) && c != '\\') {
                encoded.append((char) c);
            } else {
                encoded.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return encoded.toString();
    }

    private static boolean plain(int c) {
        return c > ' ' && c < 127 && c != '+' && c != '=';
    }
}
