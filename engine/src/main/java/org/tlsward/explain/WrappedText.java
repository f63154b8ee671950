/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

/** Plain text with lines of a comfortable length (RFC 5322 §2.1.1: at most 78 characters, where words allow it). */
final class WrappedText {
    private static final int WIDTH = 72;
    /** In four octets each still less than the 998 of RFC 5322 §2.1.1. */
    private static final int LONGEST_WORD = 240;

    private final StringBuilder text = new StringBuilder();

    void line(String line) {
        text.append(line).append('\n');
    }

    void blankLine() {
        text.append('\n');
    }

    void paragraph(String paragraph) {
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ", -1)) {
            String rest = word;
            while (rest.length() > LONGEST_WORD) {
                flush(line);
                int end = Character.isHighSurrogate(rest.charAt(LONGEST_WORD - 1)) ? LONGEST_WORD - 1 : LONGEST_WORD;
                line(rest.substring(0, end));
                rest = rest.substring(end);
            }
            if (line.length() > 0 && line.length() + 1 + rest.length() > WIDTH) {
                flush(line);
            }
            line.append(line.length() == 0 ? "" : " ").append(rest);
        }
        flush(line);
    }

    private void flush(StringBuilder line) {
        if (line.length() > 0) {
            line(line.toString());
            line.setLength(0);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
