/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * Writes a message so that only the final dot ends it (RFC 5321 §4.5.2): every bare CR and bare LF becomes CRLF (§2.3.8), and a dot
 * at the beginning of a line is doubled. A server that takes {@code LF . LF} or {@code LF . CRLF} for the end never gets to see it.
 */
final class MessageWriter {
    private static final byte[] END = {'.', '\r', '\n'};

    private final Sink sink;
    private final byte[] out = new byte[8 * 1024];
    private int length;
    private boolean lineBegins = true;
    private boolean afterCr;

    MessageWriter(Sink sink) {
        this.sink = sink;
    }

    /** Where the octets go. */
    interface Sink {
        void write(byte[] octets, int offset, int length, Step step) throws SmtpException;
    }

    /** The store failed, not the network. */
    static final class SourceException extends Exception {
        private static final long serialVersionUID = 1L;

        SourceException(Exception cause) {
            super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        }
    }

    /** Everything but the final dot. */
    void write(MessageSource message) throws SmtpException, SourceException {
        byte[] block = new byte[8 * 1024];
        try (InputStream in = open(message)) {
            for (int count = read(in, block); count >= 0; count = read(in, block)) {
                for (int i = 0; i < count; i++) {
                    octet(block[i]);
                }
            }
        } catch (IOException e) {
            throw new SourceException(e);
        }
        if (afterCr) {
            lineEnd();
        }
        if (!lineBegins) {
            lineEnd();
        }
        spill();
    }

    private static InputStream open(MessageSource message) throws SourceException {
        try {
            return message.open();
        } catch (IOException | RuntimeException e) {
            throw new SourceException(e);
        }
    }

    private static int read(InputStream in, byte[] block) throws SourceException {
        try {
            return in.read(block);
        } catch (IOException | RuntimeException e) {
            throw new SourceException(e);
        }
    }

    /** The final dot. */
    void end() throws SmtpException {
        sink.write(END, 0, END.length, Step.END_OF_DATA);
    }

    private void octet(byte octet) throws SmtpException {
        boolean pendingCr = afterCr;
        afterCr = octet == '\r';
        if (octet == '\n') {
            lineEnd(); // of CRLF and of a bare LF alike
            return;
        }
        if (pendingCr) {
            lineEnd(); // the CR before was a bare one
        }
        if (octet == '\r') {
            return;
        }
        if (lineBegins && octet == '.') {
            put((byte) '.');
        }
        put(octet);
        lineBegins = false;
    }

    private void lineEnd() throws SmtpException {
        put((byte) '\r');
        put((byte) '\n');
        lineBegins = true;
    }

    private void put(byte octet) throws SmtpException {
        if (length == out.length) {
            spill();
        }
        out[length++] = octet;
    }

    private void spill() throws SmtpException {
        sink.write(out, 0, length, Step.BODY);
        length = 0;
    }
}
