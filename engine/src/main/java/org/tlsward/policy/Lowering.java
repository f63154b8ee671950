/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.List;
import java.util.Locale;

/**
 * Something that lowers what a delivery must have. There are these four and no more, and each that was used is recorded.
 *
 * @param kind which of them
 * @param name the match of the exception, or who released
 * @param reason as written by the admin or the operator
 * @param replaced rules that do not count any more; they are still evaluated and recorded
 * @param publishedDropped what the destination publishes does not count
 */
public record Lowering(Kind kind, String name, String reason, List<Contribution> replaced, boolean publishedDropped) {

    /** The four ways down. */
    public enum Kind {
        /** An {@code <exception>} of the configuration. */
        EXCEPTION,
        /** {@code TLS-Required: No} in the header (RFC 8689 §3). */
        TLS_REQUIRED_NO,
        /** Our own TLSRPT mail: it has to arrive where TLS is broken, by whatever rule (RFC 8460 §3, §5.3.1). */
        OWN_TLS_REPORT,
        /** The override of a release, for one mail. */
        RELEASE;

        /** The word of evidence and explanations, for example {@code tls-required-no}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Copies its arguments. */
    public Lowering {
        replaced = List.copyOf(replaced);
    }
}
