/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/** What DNS says about the TLSA records of one host (RFC 7672 §2.2). */
public enum TlsaRecords {
    /** Proven absence, or a zone without DNSSEC. */
    NONE,
    /** At least one that can be used: DANE-TA(2) or DANE-EE(3), well formed (RFC 6698 §4.1, RFC 7672 §3.1). */
    USABLE,
    /** Secure records, and not one that can be used: TLS is required, DANE authenticates nobody (RFC 7672 §2.2). */
    UNUSABLE,
    /** Time-out, SERVFAIL, bogus: nobody knows whether there are records (RFC 7672 §2.1.2). */
    LOOKUP_FAILED
}
