/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Sends commands, many at a time where the server offers PIPELINING (RFC 2920 §3.1). The commands that wait for a reply never
 * exceed a few KiB, which the send buffer of the system takes in any case: we never block in a write while the server blocks in a
 * write of replies that we do not read.
 */
final class CommandWindow {
    private static final int MOST_OCTETS = 8 * 1024;

    private final Wire wire;
    private final boolean pipelining;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private int octets;

    private record Pending(Step step, int octets, Consumer<Reply> handler) {}

    CommandWindow(Wire wire, boolean pipelining) {
        this.wire = wire;
        this.pipelining = pipelining;
    }

    /** Sends a command; {@code handler} gets its reply, now or at the latest in {@link #drain}. */
    void send(Step step, String line, Consumer<Reply> handler) throws SmtpException {
        wire.envelope(line, step);
        pending.add(new Pending(step, line.length() + 2, handler));
        octets += line.length() + 2;
        if (!pipelining) {
            drainTo(0);
        } else if (octets > MOST_OCTETS) {
            drainTo(MOST_OCTETS / 2);
        }
    }

    /** Waits for all replies. */
    void drain() throws SmtpException {
        drainTo(0);
    }

    private void drainTo(int most) throws SmtpException {
        while (octets > most) {
            Pending first = pending.remove();
            octets -= first.octets();
            Reply reply = wire.reply(first.step());
            first.handler().accept(reply);
            if (reply.isClosing()) {
                throw new SmtpException(new Failure.Refused(first.step(), reply));
            }
        }
    }
}
