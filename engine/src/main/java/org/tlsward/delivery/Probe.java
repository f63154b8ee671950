/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tlsward.policy.Decision;
import org.tlsward.smtp.ContentBytes;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.TlsPeer;

/** An attempt that ends where the policy has spoken. */
final class Probe {
    private Probe() {}

    static HostAttempt of(HostCase hostCase, AttemptHost.Workshop shop) {
        Instant start = shop.clock().instant();
        Verified verified = shop.verifyPeer().verify(hostCase);
        Duration duration = Duration.between(start, shop.clock().instant());
        Decision decision = verified.judgement().first();
        Optional<TlsPeer> peer = Optional.empty();
        Optional<InetAddress> local = Optional.empty();
        Optional<Failure> failure = Optional.empty();
        String note = "would be delivered";
        if (verified instanceof Verified.Ready ready) {
            peer = ready.connection().peer();
            local = Optional.of(ready.connection().localAddress());
            ready.connection().quit();
        } else if (verified instanceof Verified.Refused refused) {
            peer = refused.seen();
            local = refused.local();
            note = decision instanceof Decision.Refuse refuse
                    ? refuse.reason().word() + ": " + refuse.unmet().get(0).seen()
                    : "refused";
        } else if (verified instanceof Verified.Broken broken) {
            failure = Optional.of(broken.failure());
            note = broken.failure().explanation();
        }
        Circumstances at = new Circumstances(
                Optional.of(hostCase.server()),
                Optional.of(hostCase.known(peer)),
                local,
                peer,
                Optional.of(decision),
                false,
                duration,
                ContentBytes.NONE);
        return new HostAttempt(at, verified.tls(), failure, note);
    }
}
