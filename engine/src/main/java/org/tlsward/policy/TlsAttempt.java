/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Set;

/** How far TLS with one host has come. */
public sealed interface TlsAttempt {

    /** We have not connected yet. */
    record NotYet() implements TlsAttempt {}

    /**
     * The host does not list STARTTLS, or answers it with a final error.
     *
     * @param seen what it said, for people
     */
    record NotOffered(String seen) implements TlsAttempt {}

    /**
     * The host and we do not agree on a session.
     *
     * @param reason {@code tls-handshake-failed}, or what is known better: the version or the cipher
     * @param seen the alert, for people
     */
    record Failed(Reason reason, String seen) implements TlsAttempt {
        private static final Set<Reason> POSSIBLE =
                Set.of(Reason.TLS_HANDSHAKE_FAILED, Reason.TLS_VERSION_TOO_LOW, Reason.TLS_CIPHER_TOO_WEAK);

        /** Takes reasons only that a handshake can have. */
        public Failed {
            if (!POSSIBLE.contains(reason)) {
                throw new IllegalArgumentException(
                        "unsupported reason \"" + reason.word() + "\" (expected: one of " + POSSIBLE + ")");
            }
        }
    }

    /**
     * STARTTLS got a temporary error, or the connection broke or stalled before the session stood: another attempt may do better.
     *
     * @param seen what happened, for people
     */
    record Interrupted(String seen) implements TlsAttempt {}

    /**
     * The session stands, and the EHLO inside it is answered.
     *
     * @param peer who is at the other end
     */
    record Established(PeerTls peer) implements TlsAttempt {}
}
