/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.tlsward.policy.Requirement;

/** The {@link TlsClient} of each requirement and client certificate: a session that was good enough for one is not resumed for another. */
public final class TlsClients {
    /** A site has a handful of requirements; names and pins of many partner rules make more. */
    private static final int MOST = 1000;

    private final ChainJudge judge;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, TlsClient> clients = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TlsClient> eldest) {
            return size() > MOST;
        }
    };

    private record Key(Requirement requirement, Optional<ClientIdentity> identity) {}

    /** Clients whose peers are judged by {@code judge}. */
    public TlsClients(ChainJudge judge) {
        this.judge = judge;
    }

    /** The client for that requirement and identity, always the same for equal ones. */
    public TlsClient of(Requirement requirement, Optional<ClientIdentity> identity) {
        lock.lock();
        try {
            return clients.computeIfAbsent(
                    new Key(requirement, identity), key -> TlsClient.create(judge, key.identity()));
        } finally {
            lock.unlock();
        }
    }
}
