/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.List;

/** A source of members is broken: every complaint names the file, the line, the value and what was expected. */
public final class MemberSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Complaints are strings in an immutable list, so they can be serialised. */
    @SuppressWarnings("serial")
    private final List<String> complaints;

    /** All complaints at once; the message has one a line. */
    public MemberSourceException(List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = List.copyOf(complaints);
    }

    /** One complaint. */
    MemberSourceException(String complaint) {
        this(List.of(complaint));
    }

    /** What is wrong; at least one. */
    public List<String> complaints() {
        return complaints;
    }
}
