/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/** What the MTA-STS policy of the next-hop domain says about one host (RFC 8461). */
public enum MtaSts {
    /** There is none, or it says {@code none}. */
    NONE,
    /** {@code testing}, and the host is one of its MX patterns: everything is recorded, nothing applied (RFC 8461 §5). */
    TESTING,
    /** {@code testing}, and the host is none of its MX patterns. */
    TESTING_MX_MISMATCH,
    /** {@code enforce}, and the host is one of its MX patterns. */
    ENFORCE,
    /** {@code enforce}, and the host is none of its MX patterns. */
    ENFORCE_MX_MISMATCH,
    /**
     * The TXT record is there, no policy could be fetched and none is remembered: as good as none (RFC 8461 §3.3). Only what we
     * demand ourselves is told apart.
     */
    NOT_FETCHED,
    /** The TXT record could not be asked for and no policy is remembered: nobody knows. */
    LOOKUP_FAILED
}
