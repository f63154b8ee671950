/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Optional;

/**
 * The TLS of one SMTP session, as the side that terminates it knows it. A session without TLS is the absence of this record.
 *
 * @param protocol as JSSE names it, for example {@code TLSv1.3}
 * @param cipherSuite the IANA name, for example {@code TLS_AES_128_GCM_SHA256}
 * @param client the certificate the client showed, if it was asked for one and it was verified
 */
public record SessionTls(String protocol, String cipherSuite, Optional<ClientCertificate> client) {

    /**
     * A certificate shown by a client.
     *
     * @param subject distinguished name after RFC 2253
     * @param sha256 SHA-256 of the DER form in lower-case hexadecimal digits
     */
    public record ClientCertificate(String subject, String sha256) {}

    /** The version, or empty if JSSE names one that we do not know: it then counts as too old for every minimum. */
    public Optional<TlsVersion> version() {
        return TlsVersion.of(protocol);
    }

    /** True if the version is known and {@code minimum} or newer. */
    public boolean atLeast(TlsVersion minimum) {
        return version().filter(version -> version.atLeast(minimum)).isPresent();
    }
}
