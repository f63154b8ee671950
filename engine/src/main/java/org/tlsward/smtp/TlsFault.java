/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/** What can go wrong between the STARTTLS command and the first reply inside TLS. */
public enum TlsFault {
    /** STARTTLS was not answered with 220. */
    REFUSED("STARTTLS refused"),
    /** Something came between 220 and the handshake: an attempt to inject replies (RFC 3207 §6). */
    INJECTED("data injected before the handshake"),
    /** The peer speaks no version of TLS that we accept. */
    VERSION("TLS version too old"),
    /** The two sides do not agree. */
    HANDSHAKE("TLS handshake failed"),
    /** The connection stalled or broke before the first reply inside TLS: another attempt may do better. */
    INTERRUPTED("TLS handshake interrupted"),
    /** The handshake was completed, but instead of a reply to EHLO came an alert. */
    AFTER_HANDSHAKE("TLS ended after the handshake");

    private final String words;

    TlsFault(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
