/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an inbound session must have for a recipient of a class. The order of the constants is the order of strength. */
public enum InboundMinimum {
    /** Cleartext is fine. */
    NONE("none", Optional.empty()),
    /** Any TLS that this server speaks. */
    ANY("any", Optional.of(TlsVersion.SSL_3)),
    /** TLS 1.2 or newer. */
    TLS_1_2("TLSv1.2", Optional.of(TlsVersion.TLS_1_2)),
    /** TLS 1.3 or newer. */
    TLS_1_3("TLSv1.3", Optional.of(TlsVersion.TLS_1_3));

    private final String word;
    private final Optional<TlsVersion> version;

    InboundMinimum(String word, Optional<TlsVersion> version) {
        this.word = word;
        this.version = version;
    }

    /** The word of the configuration. */
    public String word() {
        return word;
    }

    /** The oldest version that passes, or empty if cleartext passes. */
    public Optional<TlsVersion> version() {
        return version;
    }

    /** True if a session with this TLS (or none) is good enough. Total: an unknown version passes {@code any} only. */
    public boolean isMetBy(Optional<SessionTls> session) {
        return switch (this) {
            case NONE -> true;
            case ANY -> session.isPresent();
            case TLS_1_2 -> session.filter(tls -> tls.atLeast(TlsVersion.TLS_1_2))
                    .isPresent();
            case TLS_1_3 -> session.filter(tls -> tls.atLeast(TlsVersion.TLS_1_3))
                    .isPresent();
        };
    }

    /** The stronger of two. */
    public InboundMinimum join(InboundMinimum other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The minimum with that word, case ignored. */
    public static Optional<InboundMinimum> of(String word) {
        return Arrays.stream(values())
                .filter(minimum -> minimum.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** All words, for error messages. */
    public static String words() {
        return Arrays.stream(values()).map(InboundMinimum::word).collect(Collectors.joining(", "));
    }
}
