/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

/** Something on a page that is not so: where, what, and what was expected. */
final class Mistake extends AssertionError {
    private static final long serialVersionUID = 1;

    Mistake(String page, int line, String what) {
        super(page + ":" + line + ": " + what);
    }

    Mistake(String page, int line, String what, String word, String expected) {
        this(page, line, what + " \"" + word + "\" (expected: " + expected + ")");
    }
}
