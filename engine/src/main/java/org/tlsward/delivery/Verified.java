/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
import java.util.Optional;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.SmtpConnection;
import org.tlsward.smtp.TlsPeer;

/** What came of connecting to a host. Nothing of envelope or message has left so far. */
sealed interface Verified {

    /** How far TLS came. */
    TlsAttempt tls();

    /** What the policy said last. */
    Judgement judgement();

    /**
     * The policy lets the mail go to this peer.
     *
     * @param connection ready for MAIL
     */
    record Ready(SmtpConnection connection, TlsAttempt tls, Judgement judgement) implements Verified {}

    /**
     * The policy does not; the connection is closed.
     *
     * @param seen the session, if there was one
     * @param local our address, if there was a connection
     * @param reply to STARTTLS, if it was that
     */
    record Refused(
            TlsAttempt tls,
            Judgement judgement,
            Optional<TlsPeer> seen,
            Optional<InetAddress> local,
            Optional<Reply> reply)
            implements Verified {}

    /**
     * The host could not be judged.
     *
     * @param failure why not
     */
    record Broken(TlsAttempt tls, Judgement judgement, Failure failure) implements Verified {}
}
