/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The domain of an address in the form in which domains are compared: A-labels in lower case, no trailing dot.
 *
 * <p>The mapping follows UTS 46, non-transitional: compatibility forms (full-width letters, ideographic dots) and case do not count,
 * {@code ß} and {@code ss} are two letters as in IDNA 2008. A name that IDNA would refuse is no error here: it is compared by its
 * lower case.
 */
final class DomainText {
    /** What full stops look like elsewhere (RFC 3490 §3.1). */
    private static final String IDEOGRAPHIC_STOPS = "[\u3002\uFF0E\uFF61]";

    /** What UTS 46 ignores: soft hyphen, zero width space and word joiner, byte order mark, variation selectors. */
    private static final String IGNORED = "[\u00AD\u200B\u2060\uFEFF\u180B-\u180D\uFE00-\uFE0F]";

    private DomainText() {}

    /**
     * The canonical form.
     *
     * @throws IllegalArgumentException if it is no domain name and no address literal
     */
    static String canonical(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return literal(text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT));
        }
        String domain = withoutTrailingDots(isAscii(text) ? text.toLowerCase(Locale.ROOT) : toAscii(text));
        int label = 0;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            if (c == '.' ? i == label : !isDomainCharacter(c)) {
                throw notADomain(text);
            }
            label = c == '.' ? i + 1 : label;
        }
        if (label == domain.length()) {
            throw notADomain(text);
        }
        // James drops the brackets of an address literal, so without them it has to be the same
        return isDottedQuad(domain) ? "[" + domain + "]" : domain;
    }

    /** A canonical domain with U-labels, where that is possible. */
    static String unicode(String canonical) {
        if (!canonical.contains(Punycode.PREFIX)) {
            return canonical;
        }
        return Arrays.stream(canonical.split("\\.", -1))
                .map(DomainText::unicodeLabel)
                .collect(Collectors.joining("."));
    }

    /** Everything that UTS 46 maps, without the encoding: case, compatibility forms, dots, what is invisible. */
    static String mapped(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        // decomposed first, so that the dot of the Turkish I becomes a character of its own, as UTS 46 wants it
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(lower::appendCodePoint);
        String visible = lower.toString().replaceAll(IGNORED, "");
        return Normalizer.normalize(visible, Normalizer.Form.NFKC).replaceAll(IDEOGRAPHIC_STOPS, ".");
    }

    static String withoutTrailingDots(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '.') {
            end--;
        }
        return text.substring(0, end);
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String toAscii(String text) {
        String mapped = mapped(text);
        if (mapped.chars().anyMatch(c -> c < 0x80 && c != '.' && !isDomainCharacter((char) c))
                && !text.chars().anyMatch(c -> c < 0x80 && c != '.' && !isDomainCharacter(lower(c)))) {
            // a compatibility form of a character that no domain has
            return LocalPart.folded(text);
        }
        try {
            return Arrays.stream(mapped.split("\\.", -1))
                    .map(label -> isAscii(label) ? label : Punycode.encode(label))
                    .collect(Collectors.joining("."));
        } catch (ArithmeticException e) {
            return mapped;
        }
    }

    private static char lower(int c) {
        return (char) Character.toLowerCase(c);
    }

    private static String unicodeLabel(String label) {
        Optional<String> decoded = Punycode.decode(label);
        // only what encodes to the same label again, else two names would look alike
        return decoded.filter(text -> text.equals(mapped(text)) && toAscii(text).equals(label))
                .orElse(label);
    }

    private static boolean isDomainCharacter(char c) {
        if (c >= 0x80) {
            return !Character.isISOControl(c) && !Character.isSpaceChar(c);
        }
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isDottedQuad(String domain) {
        return Character.isDigit(domain.charAt(domain.length() - 1))
                && domain.matches("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }

    /** RFC 5321 §4.1.3. An IPv6 address has many spellings, so it is written anew. */
    private static String literal(String inside) {
        if (inside.matches("ipv6:[0-9a-f:.]*:[0-9a-f:.]*")) {
            try {
                // a text with a colon is never looked up
                InetAddress address = InetAddress.getByName(inside.substring("ipv6:".length()));
                String plain = address.getHostAddress();
                return plain.contains(":") ? "[ipv6:" + plain + "]" : "[" + plain + "]";
            } catch (UnknownHostException e) {
                throw notADomain("[" + inside + "]");
            }
        }
        if (!inside.matches("[a-z0-9:._-]+")) {
            throw notADomain("[" + inside + "]");
        }
        return "[" + inside + "]";
    }

    private static IllegalArgumentException notADomain(String text) {
        return new IllegalArgumentException(
                "unsupported domain \"" + text + "\" (expected: a domain name like klinik.example)");
    }
}
