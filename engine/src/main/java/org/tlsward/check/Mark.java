/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

/** What a row of a report means. */
public enum Mark {
    /** As it should be. */
    OK("ok"),
    /** Works, and is worth a look. */
    WARNING("warning"),
    /** Has to be mended. */
    FAIL("fail"),
    /** Could not be found out. */
    UNKNOWN("unknown"),
    /** Not there, and nobody has to have it. */
    NOT_APPLICABLE("not-applicable"),
    /** Neither good nor bad. */
    INFO("info");

    private final String word;

    Mark(String word) {
        this.word = word;
    }

    /** The stable word, for programs. */
    public String word() {
        return word;
    }
}
