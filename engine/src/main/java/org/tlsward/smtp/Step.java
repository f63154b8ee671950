/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/** Where in the conversation something happened; the order of the constants is the order in time. */
public enum Step {
    /** The TCP connection. */
    CONNECT("connection"),
    /** The first reply. */
    GREETING("greeting"),
    /** EHLO or HELO, before or after the handshake. */
    EHLO("EHLO"),
    /** The STARTTLS command. */
    STARTTLS("STARTTLS"),
    /** The TLS handshake, up to the first reply inside TLS. */
    HANDSHAKE("TLS handshake"),
    /** The AUTH command. */
    AUTH("AUTH"),
    /** RSET between two transactions. */
    RSET("RSET"),
    /** MAIL FROM. */
    MAIL("MAIL"),
    /** RCPT TO. */
    RCPT("RCPT"),
    /** The DATA command, up to 354. */
    DATA("DATA"),
    /** The content of the message. */
    BODY("message"),
    /** The reply to the final dot. */
    END_OF_DATA("end of data"),
    /** QUIT. */
    QUIT("QUIT");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /** As log lines and DSNs name it. */
    @Override
    public String toString() {
        return words;
    }
}
