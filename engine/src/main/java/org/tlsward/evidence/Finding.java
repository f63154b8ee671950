/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Locale;

/**
 * Something that {@link EvidenceVerifier} came upon.
 *
 * @param kind what it is
 * @param file the name of the file
 * @param line the number of the line in that file, from 1 on
 * @param message what was expected and what is there
 */
public record Finding(Kind kind, String file, long line, String message) {

    /** What can be wrong. */
    public enum Kind {
        /** The line is not what the next line says it was, or cannot be read. */
        CHANGED,
        /** One or more lines before this one are missing. */
        REMOVED,
        /** The line does not belong here: added, moved or repeated. */
        INSERTED,
        /** The file ends in the middle of a line: a crash, until the log is opened again. */
        UNFINISHED,
        /** The first line of all is not line 1: older files are gone. */
        BEGINS_LATE,
        /** The last line is not the one that was remembered: the end was cut off, or everything was written anew. */
        OTHER_END,
        /** Not an error: what a crash left half written was cut and kept beside the log. */
        CUT_NOTED;

        /** The word of reports, for example {@code begins-late}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + kind.word() + ": " + message;
    }
}
