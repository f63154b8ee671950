/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/**
 * One host that might take the mail.
 *
 * @param host its name as the MX record or {@code via} has it, or an address in digits
 * @param nextHop the domain whose MX records were asked; with {@code via} or a gateway that host itself
 * @param origin who named the host
 */
public record Candidate(String host, String nextHop, Origin origin) {

    /** Who named a host. */
    public enum Origin {
        /** DNS without DNSSEC: whoever answers our queries. */
        INSECURE_DNS,
        /** An MX answer (or the proof that there is none) that DNSSEC secures. */
        SECURE_DNS,
        /** Our configuration: {@code via}, or a gateway. */
        CONFIGURATION
    }
}
