/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A version of TLS. The order of the constants is the order of strength: {@code compareTo} is used for minimums. */
public enum TlsVersion {
    /** SSL 3.0; nothing of ours ever accepts it, but an old peer may speak it (RFC 7568 forbids it). */
    SSL_3("SSLv3"),
    /** TLS 1.0, deprecated by RFC 8996. */
    TLS_1_0("TLSv1"),
    /** TLS 1.1, deprecated by RFC 8996. */
    TLS_1_1("TLSv1.1"),
    /** TLS 1.2 (RFC 5246). */
    TLS_1_2("TLSv1.2"),
    /** TLS 1.3 (RFC 8446). */
    TLS_1_3("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /** The name that JSSE, Postfix and our configuration use, for example {@code TLSv1.3}. */
    public String protocol() {
        return protocol;
    }

    /**
     * The version with that JSSE name.
     *
     * @param protocol for example {@code TLSv1.2}; case is ignored
     * @return empty if there is no such version ({@code NONE}, {@code SSLv2Hello}, a typing error)
     */
    public static Optional<TlsVersion> of(String protocol) {
        return Arrays.stream(values())
                .filter(version -> version.protocol.equalsIgnoreCase(protocol))
                .findFirst();
    }

    /** True if this version is {@code minimum} or newer. */
    public boolean atLeast(TlsVersion minimum) {
        return compareTo(minimum) >= 0;
    }

    /** The names a configuration may use as a minimum, for error messages. */
    public static String minimumNames() {
        return Arrays.stream(values())
                .filter(TlsVersion::usableAsMinimum)
                .map(TlsVersion::protocol)
                .collect(Collectors.joining(", "));
    }

    /** Only what this JVM may really negotiate can be demanded: TLS 1.2 and newer (RFC 8996, RFC 9325 §3.1.1). */
    public boolean usableAsMinimum() {
        return atLeast(TLS_1_2);
    }

    @Override
    public String toString() {
        return protocol;
    }
}
