/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A TLS session with a server, after the EHLO inside it.
 *
 * @param protocol as JSSE names it, for example {@code TLSv1.3}
 * @param cipherSuite the IANA name, for example {@code TLS_AES_128_GCM_SHA256}
 * @param certificate what the server showed
 * @param requireTlsListed the EHLO <em>inside</em> TLS lists REQUIRETLS (RFC 8689 §4.2.1)
 */
public record PeerTls(String protocol, String cipherSuite, PeerCertificate certificate, boolean requireTlsListed) {
    /** RFC 9325 §4.1: no authentication, no encryption, or ciphers that are broken. */
    private static final Pattern BROKEN =
            Pattern.compile("(?i).*_(anon|NULL|EXPORT|EXPORT1024|RC4|RC2|DES|DES40|3DES)(_.*)?|TLS_SHA(256|384)_.*");

    private static final Pattern EPHEMERAL = Pattern.compile("(TLS|SSL)_(ECDHE|DHE)_.*");

    /** The version, or empty if we do not know it: it then counts as too old for every minimum. */
    public Optional<TlsVersion> version() {
        return TlsVersion.of(protocol);
    }

    /** True if the suite encrypts for nobody else: otherwise the session is as good as none. */
    public boolean isSound() {
        return !BROKEN.matcher(cipherSuite).matches();
    }

    /** True if the key exchange is ephemeral: always in TLS 1.3 with certificates (RFC 8446 §2). */
    public boolean isForwardSecret() {
        return version().filter(TlsVersion.TLS_1_3::equals).isPresent()
                || EPHEMERAL.matcher(cipherSuite).matches();
    }
}
