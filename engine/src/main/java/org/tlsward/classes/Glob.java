/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

/**
 * Matches a text against a pattern in which {@code *} is any text, also none, and {@code ?} one character.
 *
 * <p>A text that fails behind a star is tried again one character later, behind the <em>last</em> star only. So the work is at most
 * length of the text times length of the pattern, whatever the pattern: no address makes it explode as it can with a regular expression.
 */
record Glob(String pattern) {

    static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    boolean matches(String text) {
        int inText = 0;
        int inPattern = 0;
        int afterStar = -1;
        int tried = 0;
        while (inText < text.length()) {
            int next = inPattern < pattern.length() ? pattern.codePointAt(inPattern) : -1;
            int character = text.codePointAt(inText);
            if (next == '*') {
                afterStar = ++inPattern;
                tried = inText;
            } else if (next == '?' || next == character) {
                inPattern += Character.charCount(next);
                inText += Character.charCount(character);
            } else if (afterStar >= 0) {
                inPattern = afterStar;
                tried += Character.charCount(text.codePointAt(tried));
                inText = tried;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }
}
