/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLimits;

/**
 * The {@link TlsClient} of each requirement, client certificate and state of what a destination publishes: a session that was good enough
 * for one is not resumed for another. A resumed session shows the certificate of its first handshake; after a roll-over of keys that is the
 * old one, which new TLSA records do not match.
 */
public final class TlsClients {
    /** A site has a handful of requirements; names and pins of many partner rules make more, and so do destinations that publish something. */
    private static final int MOST = 1000;

    private final ChainJudge judge;
    private final Supplier<TlsLimits> limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, TlsClient> clients = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TlsClient> eldest) {
            return size() > MOST;
        }
    };

    private record Key(Requirement requirement, Optional<ClientIdentity> identity, Object published) {}

    /** Clients whose peers are judged by {@code judge}. */
    public TlsClients(ChainJudge judge) {
        this(judge, () -> TlsLimits.NONE);
    }

    /**
     * The same in an emergency.
     *
     * @param limits what there is of TLS at the moment of a handshake
     */
    public TlsClients(ChainJudge judge, Supplier<TlsLimits> limits) {
        this.judge = judge;
        this.limits = limits;
    }

    /** Why nothing at all may be begun at this moment, with TLS or without: the whole server is stopped. */
    public Optional<String> standstill() {
        return limits.get().server().map(stop -> "emergency: " + stop.told());
    }

    /** The client for that requirement and identity where nobody looks at what is published. */
    public TlsClient of(Requirement requirement, Optional<ClientIdentity> identity) {
        return of(requirement, identity, "");
    }

    /**
     * The client for that requirement and identity, always the same for equal ones.
     *
     * @param published what the destination publishes about the host; compared by {@code equals}
     */
    public TlsClient of(Requirement requirement, Optional<ClientIdentity> identity, Object published) {
        lock.lock();
        try {
            return clients.computeIfAbsent(
                    new Key(requirement, identity, published), key -> TlsClient.create(judge, limits, key.identity()));
        } finally {
            lock.unlock();
        }
    }
}
