/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.tlsward.deadline.Deadline;
import org.tlsward.smtp.ReplyReader.MalformedReply;

/** The socket under a conversation: commands out, replies in, every step within its time. Used by one thread at a time. */
final class Wire implements Closeable {
    private final TappedSocket raw;
    private final StepTimes times;
    private final ReplyLimits limits;
    private final byte[] buffer = new byte[16 * 1024];

    private OutputStream out;
    private ReplyReader replies;
    private int buffered;
    private int bufferedContent;
    private Optional<SSLSocket> secured = Optional.empty();
    private ContentBytes sent = ContentBytes.NONE;
    private long totalEnd;

    private Wire(TappedSocket raw, StepTimes times, ReplyLimits limits) {
        this.raw = raw;
        this.times = times;
        this.limits = limits;
        restartTotal();
    }

    static Wire connect(InetSocketAddress address, Optional<InetAddress> local, StepTimes times, ReplyLimits limits)
            throws SmtpException {
        TappedSocket raw = new TappedSocket();
        try {
            raw.setTcpNoDelay(true);
            if (local.isPresent()) {
                raw.bind(new InetSocketAddress(local.get(), 0));
            }
            raw.connect(
                    address, (int) Math.min(Integer.MAX_VALUE, times.connect().toMillis()));
            Wire wire = new Wire(raw, times, limits);
            wire.out = raw.getOutputStream();
            wire.replies = new ReplyReader(raw.getInputStream(), limits);
            return wire;
        } catch (IOException | IllegalArgumentException e) {
            closeQuietly(raw);
            throw new SmtpException(new Failure.Unreachable(text(e)), e);
        }
    }

    /** The total limit begins anew, as a new transaction does on a connection that is used again. */
    void restartTotal() {
        totalEnd = System.nanoTime() + times.total().toNanos();
    }

    /** Puts a command into the buffer. */
    void command(String line) throws SmtpException {
        byte[] octets = checked(line);
        append(octets, 0, octets.length, false, Step.EHLO);
    }

    /** Puts a command of the envelope into the buffer; its octets are counted. */
    void envelope(String line, Step step) throws SmtpException {
        byte[] octets = checked(line);
        content(octets, 0, octets.length, step);
    }

    /** The last line of defence: whatever a caller overlooked, a command is one line. */
    private static byte[] checked(String line) {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a command must not contain control characters");
        }
        return (line + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Puts octets of the message into the buffer, and the buffer on the wire whenever it is full. */
    void content(byte[] octets, int offset, int length, Step step) throws SmtpException {
        append(octets, offset, length, true, step);
    }

    private void append(byte[] octets, int offset, int length, boolean content, Step step) throws SmtpException {
        int done = 0;
        while (done < length) {
            if (buffered == buffer.length) {
                flush(step);
            }
            int part = Math.min(length - done, buffer.length - buffered);
            System.arraycopy(octets, offset + done, buffer, buffered, part);
            buffered += part;
            bufferedContent += content ? part : 0;
            done += part;
        }
    }

    void flush(Step step) throws SmtpException {
        if (buffered == 0) {
            return;
        }
        int length = buffered;
        sent = sent.plus(isSecured() ? new ContentBytes(0, bufferedContent) : new ContentBytes(bufferedContent, 0));
        buffered = 0;
        bufferedContent = 0;
        within(step, () -> {
            out.write(buffer, 0, length);
            out.flush();
            return true;
        });
    }

    Reply reply(Step step) throws SmtpException {
        flush(step);
        return within(step, replies::read);
    }

    /** What the peer has said before it cut us off; nothing of ours is sent. */
    Reply lastReply() throws SmtpException {
        buffered = 0;
        bufferedContent = 0;
        return within(Step.QUIT, replies::read);
    }

    boolean hasUnreadInput() {
        return replies.hasBuffered();
    }

    boolean isSecured() {
        return secured.isPresent();
    }

    ContentBytes sent() {
        return sent;
    }

    InetAddress localAddress() {
        return raw.getLocalAddress();
    }

    /** The handshake. The raw socket goes to JSSE, and so does whatever a peer has sent too early. */
    SSLSession secure(TlsClient client, ServerName server) throws SmtpException {
        raw.mark();
        try (Deadline deadline = Deadline.start(remaining(Step.HANDSHAKE), raw)) {
            try {
                SSLSocket tls = client.layer(raw, server);
                tls.startHandshake();
                out = tls.getOutputStream();
                replies = new ReplyReader(tls.getInputStream(), limits);
                secured = Optional.of(tls);
                return tls.getSession();
            } catch (IOException | RuntimeException e) {
                // JSSE answers some malformed messages with unchecked exceptions; they are failures of the peer as
                // well.
                throw new SmtpException(handshakeFailure(e, deadline.expired()), e);
            }
        }
    }

    /** Tells the peer that this is the end and no truncation (RFC 8446 §6.1), if it takes no time. */
    void sayEndOfTls() throws SmtpException {
        if (secured.isPresent()) {
            within(Step.QUIT, () -> {
                secured.get().close();
                return true;
            });
        }
    }

    private Failure handshakeFailure(Exception e, boolean late) {
        if (late) {
            return new Failure.TlsFailed(TlsFault.INTERRUPTED, "timed out", Optional.empty());
        }
        // JSSE wraps the end of the stream into a failure of the handshake.
        boolean cut = e instanceof SocketException || e instanceof EOFException || e.getCause() instanceof EOFException;
        TlsFault broken = cut ? TlsFault.INTERRUPTED : TlsFault.HANDSHAKE;
        TlsFault fault = raw.peerSpeaksOnlyOldTls() ? TlsFault.VERSION : broken;
        return new Failure.TlsFailed(fault, text(e), Optional.empty());
    }

    private interface IoAction<T> {
        T run() throws IOException;
    }

    private <T> T within(Step step, IoAction<T> action) throws SmtpException {
        Deadline deadline = Deadline.start(remaining(step), raw);
        try {
            return action.run();
        } catch (MalformedReply e) {
            throw new SmtpException(new Failure.Violation(step, e.getMessage()), e);
        } catch (IOException e) {
            Failure failure = deadline.expired() ? new Failure.TimedOut(step) : new Failure.Lost(step, text(e));
            throw new SmtpException(failure, e);
        } finally {
            deadline.close();
        }
    }

    private Duration remaining(Step step) {
        Duration total = Duration.ofNanos(Math.max(1, totalEnd - System.nanoTime()));
        Duration limit = times.limit(step);
        return total.compareTo(limit) < 0 ? total : limit;
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Closes TCP at once. */
    @Override
    public void close() {
        closeQuietly(raw);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is closed.
            return;
        }
    }
}
