/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;
import org.tlsward.outbound.DestinationFacts;

/** The one {@link DestinationFacts} of a server, from the first {@link TlsRemoteDelivery} that needs it to the last. */
@Singleton
class ServerFacts {
    private final Ward ward;
    private final WardHealth health;
    private Optional<DestinationFacts> open = Optional.empty();
    private int users;

    @Inject
    ServerFacts(Ward ward, WardHealth health) {
        this.ward = ward;
        this.health = health;
    }

    /** @throws IOException if what the configuration names cannot be used */
    synchronized DestinationFacts take() throws IOException {
        if (open.isEmpty()) {
            DestinationFacts facts =
                    DestinationFacts.open(ward.current().configuration(), ward.stateDirectory(), Clock.systemUTC());
            health.add(facts);
            open = Optional.of(facts);
        }
        users++;
        return open.get();
    }

    synchronized void release() {
        users--;
        if (users == 0) {
            open.ifPresent(DestinationFacts::close);
            open = Optional.empty();
        }
    }
}
