/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Lines and messages of one connection, with as few system calls as there are segments. */
final class SinkSession {
    private static final byte[] END = Sink.bytes("\r\n.\r\n");

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[32 * 1024];
    private final byte[] replies = new byte[8 * 1024];
    private int from;
    private int to;
    private int waiting;

    SinkSession(Socket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** The next line without its end; null at the end of the connection. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            for (int i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    line.append(new String(buffer, from, i - from, StandardCharsets.US_ASCII));
                    from = i + 1;
                    return line.toString().stripTrailing();
                }
            }
            line.append(new String(buffer, from, to - from, StandardCharsets.US_ASCII));
            from = to;
            if (!fill()) {
                return null;
            }
        }
    }

    /** Reads to the end of a message, the line with one dot. */
    void skipMessage() throws IOException {
        // DATA and its end have been a line before: a message may be empty.
        int matched = 2;
        while (true) {
            while (from < to) {
                byte b = buffer[from++];
                if (b == END[matched]) {
                    matched++;
                    if (matched == END.length) {
                        return;
                    }
                } else {
                    matched = b == '\r' ? 1 : 0;
                }
            }
            if (!fill()) {
                throw new EOFException("in the middle of a message");
            }
        }
    }

    void reply(String reply) throws IOException {
        byte[] bytes = Sink.bytes(reply);
        if (waiting + bytes.length > replies.length) {
            flush();
        }
        System.arraycopy(bytes, 0, replies, waiting, bytes.length);
        waiting += bytes.length;
    }

    /** Sends the replies when the peer has sent nothing more that could be answered with them. */
    void flushIfDrained() throws IOException {
        if (from == to) {
            flush();
        }
    }

    void flush() throws IOException {
        if (waiting > 0) {
            out.write(replies, 0, waiting);
            out.flush();
            waiting = 0;
        }
    }

    private boolean fill() throws IOException {
        flush();
        int count = in.read(buffer, 0, buffer.length);
        from = 0;
        to = Math.max(0, count);
        return count > 0;
    }
}
