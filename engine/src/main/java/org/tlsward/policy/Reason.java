/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a mail may not travel. The words are stable: DSNs, evidence, metrics, configuration and command line use them. The order is
 * that of an attempt: from the mail over the host and the session to the certificate.
 */
public enum Reason {
    /** A rule says so: this class of mail does not go by e-mail. */
    NEVER_BY_MAIL("7.1", Mender.SENDER),
    /** Two rules exclude each other, a mark of the mail cannot be read, or a rule is incomplete. */
    CONFIGURATION_ERROR("3.5", Mender.OUR_ADMIN),
    /** The class cannot be found out, and the host does not do for every class. */
    CLASS_UNKNOWN("3.0", Mender.OUR_ADMIN),
    /** An operator has stopped this kind of mail for a while. */
    EMERGENCY("7.0", Mender.OUR_ADMIN),
    /** A look-up that DNSSEC must secure failed; this is not absence. */
    DNSSEC_FAILED("7.5", Mender.RECIPIENT_SIDE),
    /** The MTA-STS policy cannot be found out. */
    POLICY_UNAVAILABLE("7.5", Mender.RECIPIENT_SIDE),
    /** The host is none of those that the MTA-STS policy names. */
    MTASTS_MX_MISMATCH("7.5", Mender.RECIPIENT_SIDE),
    /** DANE is required and the host has no usable TLSA record. */
    DANE_REQUIRED("7.5", Mender.RECIPIENT_SIDE),
    /** Nothing proves that this host is the right one: whoever answers our DNS queries could have chosen its name. */
    MX_NOT_TRUSTED("7.5", Mender.RECIPIENT_SIDE),
    /** No STARTTLS, or it was refused. */
    TLS_NOT_OFFERED("7.4", Mender.RECIPIENT_SIDE),
    /** The handshake failed. */
    TLS_HANDSHAKE_FAILED("7.5", Mender.RECIPIENT_SIDE),
    /** The version is older than the minimum. */
    TLS_VERSION_TOO_LOW("7.5", Mender.RECIPIENT_SIDE),
    /** The cipher suite is broken, or has no forward secrecy where that is required. */
    TLS_CIPHER_TOO_WEAK("7.5", Mender.RECIPIENT_SIDE),
    /** The chain ends at no CA that we trust. */
    CERTIFICATE_UNTRUSTED("7.5", Mender.RECIPIENT_SIDE),
    /** The certificate is expired, or not valid yet. */
    CERTIFICATE_EXPIRED("7.5", Mender.RECIPIENT_SIDE),
    /** The certificate carries none of the names that count. */
    CERTIFICATE_NAME_MISMATCH("7.5", Mender.RECIPIENT_SIDE),
    /** The certificate is none of those that our rule pins. */
    FINGERPRINT_MISMATCH("7.5", Mender.OUR_ADMIN),
    /** The certificate matches no TLSA record. */
    DANE_MISMATCH("7.5", Mender.RECIPIENT_SIDE),
    /** The host does not list REQUIRETLS, which the sender asked for. */
    REQUIRETLS_UNSUPPORTED("7.30", Mender.RECIPIENT_SIDE);

    /** Whose job the mending is. */
    public enum Mender {
        /** The postmaster of the recipient. */
        RECIPIENT_SIDE,
        /** The admin of this server. */
        OUR_ADMIN,
        /** Who wrote the mail: by another way than mail. */
        SENDER
    }

    private final String detail;
    private final Mender mender;

    Reason(String detail, Mender mender) {
        this.detail = detail;
        this.mender = mender;
    }

    /** The stable word, for example {@code tls-not-offered}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason with that word, case ignored. */
    public static Optional<Reason> of(String word) {
        return Arrays.stream(values())
                .filter(reason -> reason.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** The enhanced status code (RFC 3463, RFC 5248) while the mail waits, for example {@code 4.7.4}. */
    public String deferredStatus() {
        return "4." + detail;
    }

    /** The enhanced status code when it comes back, for example {@code 5.7.4}. */
    public String finalStatus() {
        return "5." + detail;
    }

    /** Whose job the mending is. */
    public Mender mender() {
        return mender;
    }

    /** True if a look-up failed: another attempt may know more, so it never is final at once. */
    boolean isLookUp() {
        return this == DNSSEC_FAILED || this == POLICY_UNAVAILABLE;
    }
}
