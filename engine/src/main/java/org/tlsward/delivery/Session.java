/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Instant;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.SmtpConnection;

/** A connection that the policy has let pass, and why it is in cleartext if it is. */
final class Session {
    private final PoolKey key;
    private final SmtpConnection connection;
    private final TlsAttempt cleartext;
    private final Instant since;
    private Instant lastUse;
    private int messages;

    /**
     * A new session.
     *
     * @param cleartext how TLS failed, if there is none; of no meaning inside TLS
     */
    Session(PoolKey key, SmtpConnection connection, TlsAttempt cleartext, Instant since) {
        this.key = key;
        this.connection = connection;
        this.cleartext = cleartext;
        this.since = since;
        this.lastUse = since;
    }

    PoolKey key() {
        return key;
    }

    SmtpConnection connection() {
        return connection;
    }

    TlsAttempt cleartext() {
        return cleartext;
    }

    void used(Instant now) {
        lastUse = now;
        messages++;
    }

    /** True if it was used before. */
    boolean isReused() {
        return messages > 0;
    }

    boolean isFreshEnough(PoolLimits limits, Instant now) {
        return connection.isUsable()
                && messages < limits.messages()
                && now.isBefore(since.plus(limits.age()))
                && now.isBefore(lastUse.plus(limits.idle()));
    }
}
