/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The local part of an address in the form in which local parts are compared.
 *
 * <p>Case is folded letter by letter, upper and then lower, in no language: so {@code ς} is {@code σ}, and {@code ı} is {@code i}. Unicode is normalised to NFC and not to NFKC: RFC 6532 §3.1 says that NFKC loses what is needed to spell a
 * name, and no mail store puts the mail of {@code ｄｒ.a} and {@code dr.a} into one mailbox.
 */
final class LocalPart {
    private static final String SPECIALS = "<>()[],;:";

    private LocalPart() {}

    /**
     * The canonical form of a local part as it stands in an address: quotes resolved, case folded, sub-address cut.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String canonical(String text, String subAddressDelimiters) {
        return withoutSubAddress(folded(unquoted(text)), subAddressDelimiters);
    }

    /** Lower case and NFC. */
    static String folded(String text) {
        if (DomainText.isAscii(text)) {
            return lowerAscii(text);
        }
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
                .forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** Where the sub-address begins, or the length. A text that begins with a delimiter has none. */
    static int subAddressStart(String text, String subAddressDelimiters) {
        for (int i = 0; i < text.length(); i++) {
            if (subAddressDelimiters.indexOf(text.charAt(i)) >= 0) {
                return i == 0 ? text.length() : i;
            }
        }
        return text.length();
    }

    /** As it has to be written in an address (RFC 5321 §4.1.2): quoted if it is no dot-string. */
    static String quotedIfNeeded(String canonical) {
        boolean dotString = !canonical.isEmpty()
                && canonical.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "\"\\@<>()[],;:".indexOf(c) >= 0);
        return dotString ? canonical : "\"" + canonical.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String withoutSubAddress(String text, String subAddressDelimiters) {
        return text.substring(0, subAddressStart(text, subAddressDelimiters));
    }

    private static String lowerAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return text;
    }

    /** RFC 5321 §4.1.2: quotes and quoted pairs are spelling, not content. James takes quoted pairs outside quotes too (RFC 821). */
    private static String unquoted(String text) {
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
            checkPlain(text);
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\') {
                i++;
                if (i == text.length()) {
                    throw new IllegalArgumentException("a backslash before the @ (expected: \\\\ for a backslash)");
                }
                out.append(text.charAt(i));
            } else if (quoted) {
                out.append(c);
            } else {
                checkPlain(String.valueOf(c));
                out.append(c);
            }
        }
        return out.toString();
    }

    private static void checkPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || SPECIALS.indexOf(c) >= 0) {
                throw new IllegalArgumentException("unsupported character " + shown(c)
                        + " before the @ (expected: a text like dr.a, or \"in quotes\")");
            }
        }
    }

    private static String shown(char c) {
        return c <= ' ' || c == 0x7f ? String.format("U+%04X", (int) c) : "'" + c + "'";
    }
}
