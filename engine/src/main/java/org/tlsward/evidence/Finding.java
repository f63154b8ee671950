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
        /** Lines that the signed head tells of are missing at the end. */
        END_CUT,
        /** Lines that the signed head does not cover: written by somebody without the key. */
        UNSIGNED,
        /** A checkpoint has no signature of this key. */
        BAD_SIGNATURE,
        /** A checkpoint was signed with another key, or the public key is not the other half of the private one. */
        OTHER_KEY,
        /** A file that a checkpoint tells of is gone. */
        MISSING_FILE,
        /** The signed head is not there, or nobody with the key has written it. */
        NO_HEAD,
        /** There is no public key, so that signatures could not be checked. */
        NO_KEY,
        /** Not an error: what a crash left half written was cut and kept beside the log. */
        CUT_NOTED,
        /** Not an error: old files were taken away by the log itself. */
        RETENTION_NOTED,
        /** Not an error: a crash came between the lines and the head; the log mends it when it begins to write. */
        CRASH_NOTED;

        /** True if it is no error. */
        public boolean isNote() {
            return this == CUT_NOTED || this == RETENTION_NOTED || this == CRASH_NOTED;
        }

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
