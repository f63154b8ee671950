/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

/** What a row of a report means. */
enum Mark {
    OK("ok", "fg(green)"),
    WARNING("warning", "fg(yellow)"),
    FAIL("fail", "fg(red),bold"),
    UNKNOWN("unknown", "fg(yellow),bold"),
    NOT_APPLICABLE("n/a", "faint"),
    /** Neither good nor bad. */
    INFO("", "");

    private final String word;
    private final String style;

    Mark(String word, String style) {
        this.word = word;
        this.style = style;
    }

    /** As reports show it. */
    String word() {
        return word;
    }

    /** For terminals, in the words of picocli. */
    String style() {
        return style;
    }
}
