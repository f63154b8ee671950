/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
import java.util.Optional;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.Failure.TlsFailed;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.SmtpConnection;
import org.tlsward.smtp.SmtpException;
import org.tlsward.smtp.Step;
import org.tlsward.smtp.TlsClients;

/** Connects, and asks the policy before and after the handshake. */
final class VerifyPeer {
    private final ConnectionSettings settings;
    private final TlsClients clients;

    VerifyPeer(ConnectionSettings settings, TlsClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    Verified verify(HostCase hostCase) {
        TlsAttempt notYet = new TlsAttempt.NotYet();
        Judgement before = Judgement.of(hostCase, notYet);
        if (!before.proceeds()) {
            return new Verified.Refused(notYet, before, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Optional<Verified> stopped = stopped(notYet, before);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        return switch (before.startTls()) {
            case REQUIRED -> connect(hostCase, notYet, before, true);
            case IF_OFFERED -> connect(hostCase, notYet, before, false);
            case NONE -> inCleartext(hostCase, notYet, before);
        };
    }

    /**
     * Nothing is begun while the whole server is stopped, nor anew in cleartext because TLS was stopped in the middle. It is not the host's
     * fault: at {@code STARTTLS} no host is avoided for it.
     */
    private Optional<Verified> stopped(TlsAttempt attempt, Judgement judgement) {
        return clients.standstill()
                .map(why -> new Verified.Broken(attempt, judgement, new Failure.Lost(Step.STARTTLS, why)));
    }

    private Verified connect(HostCase hostCase, TlsAttempt notYet, Judgement before, boolean required) {
        SmtpConnection connection;
        try {
            connection = SmtpConnection.open(hostCase.server(), settings, !required);
        } catch (SmtpException e) {
            return new Verified.Broken(notYet, before, e.failure());
        }
        if (!required && !connection.extensions().startTls()) {
            TlsAttempt notOffered = new TlsAttempt.NotOffered("EHLO does not list STARTTLS");
            return judge(hostCase, connection, notOffered);
        }
        try {
            connection.startTls(clients.of(
                    before.required(),
                    hostCase.destination().identity(),
                    hostCase.published().key()));
            connection.helloAgain();
            return judge(hostCase, connection, hostCase.established(connection));
        } catch (SmtpException e) {
            connection.close();
            return e.failure() instanceof TlsFailed failed
                    ? withoutTls(hostCase, connection.localAddress(), failed)
                    : new Verified.Broken(notYet, before, e.failure());
        }
    }

    /** TLS has failed. Only where nothing at all is required the policy allows cleartext, over a new connection. */
    private Verified withoutTls(HostCase hostCase, InetAddress local, TlsFailed failed) {
        TlsAttempt attempt = attempt(failed);
        Judgement judgement = Judgement.of(hostCase, attempt);
        Optional<Verified> stopped = stopped(attempt, judgement);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        return judgement.proceeds()
                ? inCleartext(hostCase, attempt, judgement)
                : new Verified.Refused(attempt, judgement, Optional.empty(), Optional.of(local), failed.reply());
    }

    private Verified inCleartext(HostCase hostCase, TlsAttempt attempt, Judgement judgement) {
        try {
            SmtpConnection connection = SmtpConnection.open(hostCase.server(), settings, true);
            return judge(hostCase, connection, attempt);
        } catch (SmtpException e) {
            return new Verified.Broken(attempt, judgement, e.failure());
        }
    }

    private Verified judge(HostCase hostCase, SmtpConnection connection, TlsAttempt attempt) {
        Judgement judgement = Judgement.of(hostCase, attempt);
        // The second condition is the first one again, in other words: a fault in the policy must not open the door.
        if (!judgement.proceeds()
                || (judgement.required().encrypted() && connection.peer().isEmpty())) {
            InetAddress local = connection.localAddress();
            connection.quit();
            return new Verified.Refused(attempt, judgement, connection.peer(), Optional.of(local), Optional.empty());
        }
        return authenticated(hostCase, connection, attempt, judgement);
    }

    private static Verified authenticated(
            HostCase hostCase, SmtpConnection connection, TlsAttempt attempt, Judgement judgement) {
        if (hostCase.destination().credentials().isEmpty()) {
            return new Verified.Ready(connection, attempt, judgement);
        }
        if (connection.peer().isEmpty()) {
            connection.quit();
            Failure failure = new Failure.Violation(Step.AUTH, "credentials are for TLS only and the host has none");
            return new Verified.Broken(attempt, judgement, failure);
        }
        try {
            connection.authenticate(hostCase.destination().credentials().get());
            return new Verified.Ready(connection, attempt, judgement);
        } catch (SmtpException e) {
            connection.close();
            return new Verified.Broken(attempt, judgement, e.failure());
        }
    }

    /** In the words of the policy. */
    private static TlsAttempt attempt(TlsFailed failed) {
        return switch (failed.kind()) {
            case REFUSED -> failed.reply().filter(Reply::isPermanent).isPresent()
                    ? new TlsAttempt.NotOffered(failed.explanation())
                    : new TlsAttempt.Interrupted(failed.explanation());
            case VERSION -> new TlsAttempt.Failed(Reason.TLS_VERSION_TOO_LOW, failed.explanation());
            case INJECTED, HANDSHAKE, AFTER_HANDSHAKE -> new TlsAttempt.Failed(
                    Reason.TLS_HANDSHAKE_FAILED, failed.explanation());
            case INTERRUPTED -> new TlsAttempt.Interrupted(failed.explanation());
        };
    }
}
