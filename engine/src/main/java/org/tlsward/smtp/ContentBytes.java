/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/**
 * How many octets of envelope (MAIL and RCPT commands) and message were handed to the network. Octets whose fate is unknown
 * count as sent.
 *
 * @param beforeHandshake in cleartext
 * @param afterHandshake inside TLS
 */
public record ContentBytes(long beforeHandshake, long afterHandshake) {

    /** Nothing was sent. */
    public static final ContentBytes NONE = new ContentBytes(0, 0);

    /** The sum. */
    public ContentBytes plus(ContentBytes other) {
        return new ContentBytes(beforeHandshake + other.beforeHandshake, afterHandshake + other.afterHandshake);
    }

    /** What was sent since {@code earlier}. */
    ContentBytes minus(ContentBytes earlier) {
        return new ContentBytes(beforeHandshake - earlier.beforeHandshake, afterHandshake - earlier.afterHandshake);
    }
}
