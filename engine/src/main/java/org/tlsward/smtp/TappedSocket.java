/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;

/**
 * A TCP socket that remembers the first octets that came after a mark. JSSE does not tell which version a peer chose or which alert
 * it sent when a handshake fails, but the first record of the peer says so in clear.
 */
final class TappedSocket extends Socket {
    private static final int ALERT = 21; // RFC 8446 §5.1
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2; // RFC 8446 §4
    private static final int PROTOCOL_VERSION = 70; // RFC 8446 §6
    private static final int TLS_1_2 = 0x0303;

    private final byte[] first = new byte[11];
    private int count = first.length;
    private InputStream tapped;

    /** From now on the first octets are remembered. */
    void mark() {
        Arrays.fill(first, (byte) 0);
        count = 0;
    }

    /** True if the peer answered the ClientHello with an older version than TLS 1.2, or with the alert that says so. */
    boolean peerSpeaksOnlyOldTls() {
        if (count >= 7 && first[0] == ALERT) {
            return first[6] == PROTOCOL_VERSION;
        }
        // RFC 5246 §7.4.1.3: record header of 5 octets, type, length of 3 octets, then the chosen version.
        int chosen = (first[9] & 0xFF) << 8 | (first[10] & 0xFF);
        return count == first.length && first[0] == HANDSHAKE && first[5] == SERVER_HELLO && chosen < TLS_1_2;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (tapped == null) {
            tapped = new Tap(super.getInputStream());
        }
        return tapped;
    }

    private final class Tap extends FilterInputStream {
        Tap(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            int kept = Math.min(Math.max(read, 0), first.length - count);
            if (kept > 0) {
                System.arraycopy(target, offset, first, count, kept);
                count += kept;
            }
            return read;
        }
    }
}
