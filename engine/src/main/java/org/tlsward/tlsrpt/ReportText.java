/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.List;

/** Strings of strangers: of bounded length, and without characters that play tricks in logs and on pages. */
final class ReportText {
    /** A TLSA record with a whole certificate in it is about that long. */
    static final int LONGEST = 4096;

    static final int MOST_LINES = 100;
    private static final String CUT = "...";

    private ReportText() {}

    /** At most that many characters, control characters and what changes the direction of a line replaced. */
    static String clean(String text, int longest) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
        text.codePoints().limit(longest).forEach(c -> clean.appendCodePoint(isPlain(c) ? c : '?'));
        return clean.length() > longest || text.length() > longest
                ? clean.substring(0, Math.max(0, boundary(clean, longest - CUT.length()))) + CUT
                : clean.toString();
    }

    static String clean(String text) {
        return clean(text, LONGEST);
    }

    static List<String> clean(List<String> lines) {
        return lines.stream().limit(MOST_LINES).map(ReportText::clean).toList();
    }

    static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    /** Never between the halves of a character. */
    private static int boundary(CharSequence text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
