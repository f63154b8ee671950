/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was wrong with a session (RFC 8460 §4.3). The words are those of the reports. */
public enum ResultType {
    /** The host does not list STARTTLS, or refuses it. */
    STARTTLS_NOT_SUPPORTED,
    /** The certificate is for another name. */
    CERTIFICATE_HOST_MISMATCH,
    /** The certificate is expired. */
    CERTIFICATE_EXPIRED,
    /** The chain ends at no CA that we trust. */
    CERTIFICATE_NOT_TRUSTED,
    /** Anything else about negotiation and certificate: the failure code tells. */
    VALIDATION_FAILURE,
    /** No TLSA record matches, or none of them makes sense. */
    TLSA_INVALID,
    /** No valid answer of DNSSEC. */
    DNSSEC_INVALID,
    /** DANE is required and there is none. */
    DANE_REQUIRED,
    /** The policy of MTA-STS could not be fetched. */
    STS_POLICY_FETCH_ERROR,
    /** The policy of MTA-STS could not be read, or its text record. */
    STS_POLICY_INVALID,
    /** The web server of the policy has no certificate that holds. */
    STS_WEBPKI_INVALID;

    /** As in reports, for example {@code starttls-not-supported}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type with that word. */
    public static Optional<ResultType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
