/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

/** What a report comes to; the exit code of the command that prints it. */
public enum ExitCode {
    /** Nothing is wrong. */
    CLEAN(0),
    /** Mail would be withheld, or there are problems. */
    PROBLEMS(1),
    /** It could not be found out. */
    COULD_NOT_TELL(2),
    /** The command line makes no sense (EX_USAGE of sysexits.h). */
    USAGE(64);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** What the shell sees. */
    public int number() {
        return number;
    }

    /** What two findings mean together: problems that were seen count more than what could not be seen. */
    public ExitCode and(ExitCode other) {
        if (this == PROBLEMS || other == PROBLEMS) {
            return PROBLEMS;
        }
        return compareTo(other) >= 0 ? this : other;
    }
}
