/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.text.Normalizer;
import java.util.Map;

/** Text for SMTP replies, which are US-ASCII (RFC 5321 §4.2, but for SMTPUTF8) and one line of at most 512 octets (§4.5.3.1.5). */
final class AsciiText {
    /** What decomposition does not find, after the habits of German and French. */
    private static final Map<Character, String> SPELLED = Map.ofEntries(
            Map.entry('ä', "ae"),
            Map.entry('ö', "oe"),
            Map.entry('ü', "ue"),
            Map.entry('Ä', "Ae"),
            Map.entry('Ö', "Oe"),
            Map.entry('Ü', "Ue"),
            Map.entry('ß', "ss"),
            Map.entry('œ', "oe"),
            Map.entry('æ', "ae"),
            Map.entry('’', "'"),
            Map.entry('–', "-"),
            Map.entry('—', "-"),
            Map.entry('„', "\""),
            Map.entry('“', "\""),
            Map.entry('”', "\""),
            Map.entry('«', "\""),
            Map.entry('»', "\""),
            Map.entry('€', "EUR"));

    private AsciiText() {}

    /** The text in ASCII on one line, cut at {@code limit} characters; controls become blanks, what has no spelling a question mark. */
    static String of(String text, int limit) {
        StringBuilder spelled = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .mapToObj(AsciiText::spell)
                .forEach(spelled::append);
        String oneLine = spelled.toString().replaceAll(" {2,}", " ").strip();
        return oneLine.length() <= limit ? oneLine : oneLine.substring(0, limit - 3) + "...";
    }

    private static String spell(int codePoint) {
        if (codePoint < 0x20 || codePoint == 0x7F) {
            return " ";
        }
        if (codePoint < 0x7F) {
            return Character.toString(codePoint);
        }
        String known = codePoint <= Character.MAX_VALUE ? SPELLED.get((char) codePoint) : null;
        if (known != null) {
            return known;
        }
        String base = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
                .replaceAll("[^\\x20-\\x7E]", "");
        return base.isEmpty() ? "?" : base;
    }
}
