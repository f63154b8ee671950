/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a stream behind each LF. What stands behind the last one is not given out: somebody is writing it. */
final class LineSplitter {
    /** Longer than any line of evidence; of longer ones only the beginning is kept, which is no line. */
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long taken;

    LineSplitter(InputStream in) {
        this.in = in;
    }

    /** The next line with its LF. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
        long length = 0;
        while (fill()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            boolean ended = end < to;
            int behind = ended ? end + 1 : end;
            line.write(buffer, from, Math.min(behind - from, Math.max(0, LONGEST - line.size())));
            length += behind - from;
            from = behind;
            if (ended) {
                taken += length;
                return Optional.of(line.toByteArray());
            }
        }
        return Optional.empty();
    }

    /** How many bytes the lines had that were given out. */
    long taken() {
        return taken;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }
}
