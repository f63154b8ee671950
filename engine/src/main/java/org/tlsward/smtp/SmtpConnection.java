/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.Closeable;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.tlsward.policy.Credentials;

/**
 * One connection to one server. Used by one thread at a time; every method blocks, within the times of the settings.
 *
 * <p>The caller decides between {@link #startTls}, {@link #helloAgain} and {@link #send}: this class knows no policy.
 */
public final class SmtpConnection implements Closeable {
    private static final int SERVICE_READY = 220;
    private static final int AUTHENTICATED = 235;
    private static final int CONTINUE = 334;
    private static final int LONGEST_COMMAND = 510; // RFC 5321 §4.5.3.1.4, without CRLF

    private final Wire wire;
    private final ServerName server;
    private final String heloName;
    private final Transcript transcript;
    private Extensions extensions = Extensions.NONE;
    private Optional<TlsPeer> peer = Optional.empty();
    private boolean envelopeLeft;
    private boolean failed;

    private SmtpConnection(Wire wire, ServerName server, ConnectionSettings settings) {
        this.wire = wire;
        this.server = server;
        this.heloName = settings.heloName();
        this.transcript = settings.transcript();
    }

    /**
     * Connects, reads the greeting and says EHLO.
     *
     * @param heloWillDo true if a server that knows no EHLO may be greeted with HELO, because no TLS is required
     */
    public static SmtpConnection open(ServerName server, ConnectionSettings settings, boolean heloWillDo)
            throws SmtpException {
        Optional<InetAddress> local = settings.localFor(server.address().getAddress());
        settings.transcript().connecting(server);
        Wire wire = connect(server, local, settings);
        SmtpConnection connection = new SmtpConnection(wire, server, settings);
        try {
            Reply greeting = wire.reply(Step.GREETING);
            settings.transcript().received(greeting.code(), greeting.lines());
            if (greeting.code() != SERVICE_READY) {
                throw new SmtpException(new Failure.Refused(Step.GREETING, greeting));
            }
            connection.hello(heloWillDo);
            return connection;
        } catch (SmtpException e) {
            settings.transcript().failed(e.failure().explanation());
            connection.close();
            throw e;
        }
    }

    private static Wire connect(ServerName server, Optional<InetAddress> local, ConnectionSettings settings)
            throws SmtpException {
        try {
            return Wire.connect(server.address(), local, settings.times(), settings.limits());
        } catch (SmtpException e) {
            settings.transcript().failed(e.failure().explanation());
            throw e;
        }
    }

    private void hello(boolean heloWillDo) throws SmtpException {
        Reply ehlo = ask(Step.EHLO, "EHLO " + heloName);
        if (ehlo.isPositive()) {
            extensions = Extensions.of(ehlo);
            return;
        }
        extensions = Extensions.NONE;
        if (!ehlo.isPermanent()) {
            throw new SmtpException(new Failure.Refused(Step.EHLO, ehlo));
        }
        if (heloWillDo) { // RFC 5321 §3.2
            Reply helo = ask(Step.EHLO, "HELO " + heloName);
            if (!helo.isPositive()) {
                throw new SmtpException(new Failure.Refused(Step.EHLO, helo));
            }
        }
    }

    /**
     * STARTTLS and the handshake, whether STARTTLS was listed or not (a middlebox may hide it). Afterwards nothing is known of the
     * server but the returned facts; {@link #helloAgain} comes next, if they are good enough.
     */
    public TlsPeer startTls(TlsClient client) throws SmtpException {
        if (wire.isSecured()) {
            throw new IllegalStateException("this connection has TLS already");
        }
        stopAtObstacle(client);
        extensions = Extensions.NONE; // RFC 3207 §4.2
        Reply reply = ask(Step.STARTTLS, "STARTTLS");
        if (reply.code() != SERVICE_READY) {
            throw failed(new Failure.TlsFailed(TlsFault.REFUSED, reply.toString(), Optional.of(reply)));
        }
        if (wire.hasUnreadInput()) { // RFC 3207 §6
            throw failed(new Failure.TlsFailed(
                    TlsFault.INJECTED, "the server sent more than its reply to STARTTLS", Optional.empty()));
        }
        stopAtObstacle(client); // the reply may have taken minutes
        try {
            SSLSession session = wire.secure(client, server);
            TlsPeer seen = client.peer(session);
            peer = Optional.of(seen);
            transcript.secured(seen.protocol(), seen.cipherSuite());
            return seen;
        } catch (SmtpException e) {
            transcript.failed(e.failure().explanation());
            failed = true;
            throw e;
        }
    }

    private void stopAtObstacle(TlsClient client) throws SmtpException {
        Optional<String> obstacle = client.obstacle();
        if (obstacle.isPresent()) {
            throw failed(new Failure.TlsFailed(TlsFault.HANDSHAKE, obstacle.get(), Optional.empty()));
        }
    }

    /** EHLO inside TLS: only what is listed here counts (RFC 3207 §4.2). */
    public void helloAgain() throws SmtpException {
        try {
            Reply ehlo = ask(Step.EHLO, "EHLO " + heloName);
            if (!ehlo.isPositive()) {
                throw failed(new Failure.Refused(Step.EHLO, ehlo));
            }
            extensions = Extensions.of(ehlo);
        } catch (SmtpException e) {
            // With TLS 1.3 a server refuses our certificate, or its absence, after our side of the handshake is done.
            if (e.failure() instanceof Failure.Lost lost) {
                TlsFault fault = e.getCause() instanceof SSLException ? TlsFault.AFTER_HANDSHAKE : TlsFault.INTERRUPTED;
                throw new SmtpException(new Failure.TlsFailed(fault, lost.detail(), Optional.empty()), e);
            }
            throw e;
        }
    }

    /** AUTH PLAIN; never outside TLS. */
    public void authenticate(Credentials credentials) throws SmtpException {
        if (!wire.isSecured()) {
            throw new IllegalStateException("AUTH PLAIN needs TLS (RFC 4616 §4)");
        }
        if (!extensions.authPlain()) {
            throw failed(new Failure.Violation(Step.AUTH, "the server does not offer AUTH PLAIN"));
        }
        if (credentials.user().indexOf('\0') >= 0 || credentials.password().indexOf('\0') >= 0) {
            throw new IllegalArgumentException("user and password must not contain NUL"); // RFC 4616 §2
        }
        String token = "\0" + credentials.user() + "\0" + credentials.password();
        String initial = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        String command = "AUTH PLAIN " + initial;
        Reply reply;
        if (command.length() <= LONGEST_COMMAND) {
            reply = ask(Step.AUTH, command);
        } else { // RFC 4954 §4: the initial response must fit into a command line
            reply = ask(Step.AUTH, "AUTH PLAIN");
            reply = reply.code() == CONTINUE ? ask(Step.AUTH, initial) : reply;
        }
        if (reply.code() != AUTHENTICATED) {
            throw failed(new Failure.Refused(Step.AUTH, reply));
        }
    }

    /** One transaction. Never throws for what a peer does: the result has an answer for each recipient. */
    public TransactionResult send(Envelope envelope, MessageSource message) {
        MailTransaction transaction = new MailTransaction(wire, extensions, envelope, message);
        TransactionResult result = transaction.run();
        envelopeLeft |= transaction.leavesEnvelopeBehind();
        failed |= result.failure().isPresent();
        return result;
    }

    /** Makes the connection ready for another transaction: RSET if the last one was not completed. */
    public void makeReady() throws SmtpException {
        if (envelopeLeft) {
            wire.restartTotal();
            Reply reply = ask(Step.RSET, "RSET");
            if (!reply.isPositive()) {
                throw failed(new Failure.Refused(Step.RSET, reply));
            }
            envelopeLeft = false;
        }
    }

    Reply ask(Step step, String command) throws SmtpException {
        transcript.sent(step == Step.AUTH ? "AUTH (not shown)" : command);
        try {
            wire.command(command);
            Reply reply = wire.reply(step);
            transcript.received(reply.code(), reply.lines());
            return reply;
        } catch (SmtpException e) {
            transcript.failed(e.failure().explanation());
            failed = true;
            throw e;
        }
    }

    private SmtpException failed(Failure failure) {
        failed = true;
        return new SmtpException(failure);
    }

    /** False if something failed: the connection is good for nothing but {@link #close}. */
    public boolean isUsable() {
        return !failed;
    }

    /** What the server offers, after the latest EHLO. */
    public Extensions extensions() {
        return extensions;
    }

    /** What was seen in the handshake; empty in cleartext. */
    public Optional<TlsPeer> peer() {
        return peer;
    }

    /** Whom this connection was opened to. */
    public ServerName server() {
        return server;
    }

    /** Our side of the connection. */
    public InetAddress localAddress() {
        return wire.localAddress();
    }

    /** Says QUIT if the connection still works, and closes it. */
    public void quit() {
        if (!failed) {
            try {
                wire.restartTotal();
                ask(Step.QUIT, "QUIT");
                wire.sayEndOfTls();
            } catch (SmtpException e) {
                // Nothing depends on the farewell.
                failed = true;
            }
        }
        close();
    }

    /** Cuts the connection at once. */
    @Override
    public void close() {
        failed = true;
        wire.close();
    }
}
