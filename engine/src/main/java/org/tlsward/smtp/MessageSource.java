/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A message that can be read more than once, as every attempt reads it anew and nothing keeps a copy. */
public interface MessageSource {

    /** A new stream over header and body; the caller closes it. Line ends need not be CRLF: they are when they are sent. */
    InputStream open() throws IOException;

    /** Octets with line ends of CRLF, or a little more: it is announced to the server (RFC 1870 §3). */
    long size();

    /** True if the body has octets above 127: the server needs 8BITMIME (RFC 6152). */
    boolean hasEightBitBody();

    /** True if header fields have octets above 127: the server needs SMTPUTF8 (RFC 6531, RFC 6532). */
    boolean hasUtf8Header();

    /** The same message with a body in seven bits (quoted-printable or base64), if it can be had: a signed message cannot. */
    Optional<MessageSource> sevenBit();

    /** The same message for one connection, which it may tell of in its header. Asked after the peer passed, before MAIL. */
    default MessageSource over(Carriage carriage) {
        return this;
    }

    /**
     * The connection that a message goes over.
     *
     * @param destination the domain of the recipients
     * @param host the server
     * @param tls what was seen of it; empty in cleartext
     * @param verdicts short words about it, for example {@code chain-valid}, {@code dane}
     */
    record Carriage(String destination, String host, Optional<TlsPeer> tls, List<String> verdicts) {
        /** Copies its arguments. */
        public Carriage {
            verdicts = List.copyOf(verdicts);
        }
    }
}
