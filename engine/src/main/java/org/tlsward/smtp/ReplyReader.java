/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies (RFC 5321 §4.2.1) and nothing beyond the given limits. */
final class ReplyReader {
    private final InputStream in;
    private final ReplyLimits limits;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int end;
    private int total;

    ReplyReader(InputStream in, ReplyLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The peer sent what is no reply. */
    static final class MalformedReply extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedReply(String message) {
            super(message);
        }
    }

    /** True if the peer sent octets that nobody asked for. */
    boolean hasBuffered() {
        return position < end;
    }

    Reply read() throws IOException {
        total = 0;
        List<String> texts = new ArrayList<>();
        int code = 0;
        while (true) {
            String line = line();
            int lineCode = code(line);
            if (texts.isEmpty()) {
                code = lineCode;
            } else if (code != lineCode) { // RFC 5321 §4.2.1: the same code on every line
                throw new MalformedReply("the lines of one reply have the codes " + code + " and " + lineCode);
            }
            if (texts.size() == limits.lines()) {
                throw new MalformedReply("a reply of more than " + limits.lines() + " lines");
            }
            texts.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(code, texts);
            }
        }
    }

    /** RFC 5321 §4.2: a digit of 2 to 5, two more digits; then a blank, a hyphen or the end. */
    private static int code(String line) throws MalformedReply {
        boolean digits = line.length() >= 3
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && line.charAt(1) >= '0'
                && line.charAt(1) <= '9'
                && line.charAt(2) >= '0'
                && line.charAt(2) <= '9';
        boolean separated =
                line.length() == 3 || (line.length() > 3 && (line.charAt(3) == ' ' || line.charAt(3) == '-'));
        if (!digits || !separated) {
            throw new MalformedReply("not a reply: \"" + line.substring(0, Math.min(line.length(), 80)) + "\"");
        }
        return (line.charAt(0) - '0') * 100 + (line.charAt(1) - '0') * 10 + (line.charAt(2) - '0');
    }

    private String line() throws IOException {
        byte[] line = new byte[128];
        int length = 0;
        while (true) {
            int octet = next();
            if (octet == '\n') {
                break;
            }
            if (length + 2 > limits.lineLength()) {
                throw new MalformedReply("a line of more than " + limits.lineLength() + " octets");
            }
            if (length == line.length) {
                line = java.util.Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) octet;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return printable(new String(line, 0, length, StandardCharsets.UTF_8));
    }

    /** A reply goes into logs and DSNs: it must not carry line ends or terminal sequences there. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return clean.toString();
    }

    private int next() throws IOException {
        if (position == end) {
            position = 0;
            end = 0;
            int count = in.read(buffer);
            if (count < 0) {
                throw new EOFException("closed by the peer");
            }
            end = count;
        }
        if (++total > limits.totalLength()) {
            throw new MalformedReply("a reply of more than " + limits.totalLength() + " octets");
        }
        return buffer[position++] & 0xFF;
    }
}
