/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

/**
 * Text that strangers wrote (replies, names in certificates, addresses) made fit for one line of a log, a page or a terminal: no line
 * ends, no escape sequences, nothing that turns the direction of reading, and not endless.
 */
public final class CleanText {
    private static final int REPLACEMENT = 0xFFFD;

    private CleanText() {}

    /**
     * The text on one line.
     *
     * @param limit the most characters that are left; longer text ends in an ellipsis
     */
    public static String of(String text, int limit) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), limit));
        // Cut before cleaning: a reply of a megabyte must not cost a megabyte of work twice.
        String bounded = text.length() <= limit ? text : text.substring(0, limit);
        bounded.codePoints().forEach(codePoint -> clean.appendCodePoint(clean(codePoint)));
        if (text.length() > limit) {
            clean.setLength(limit - 1);
            if (Character.isHighSurrogate(clean.charAt(limit - 2))) {
                clean.setLength(limit - 2);
            }
            clean.append('…');
        }
        return clean.toString();
    }

    private static int clean(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> REPLACEMENT;
            default -> codePoint;
        };
    }
}
