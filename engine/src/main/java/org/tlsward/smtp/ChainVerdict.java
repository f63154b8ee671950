/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/**
 * What the chain of a peer is worth, whatever names it carries.
 *
 * @param trust the verdict
 * @param detail for people; empty if the chain is valid
 */
public record ChainVerdict(Trust trust, String detail) {

    /** The kinds of verdict. */
    public enum Trust {
        /** Chains to a trusted CA, now, for the purpose of a TLS server, with keys of a fit size. */
        VALID,
        /** Would be valid at another time. */
        EXPIRED,
        /** No path to a trusted CA. */
        UNTRUSTED,
        /** A path, but not for TLS servers. */
        WRONG_PURPOSE,
        /** A path, but with a key or signature that is too weak. */
        WEAK,
        /** No certificate at all. */
        MISSING
    }

    static ChainVerdict of(Trust trust, String detail) {
        // Parts of it come from the peer's certificate and go into logs.
        return new ChainVerdict(trust, detail.replaceAll("\\p{Cntrl}", "?"));
    }

    /** True if the chain is as it should be. */
    public boolean isValid() {
        return trust == Trust.VALID;
    }
}
