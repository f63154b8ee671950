/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLimits;
import org.tlsward.testing.ScriptedServer;

/** A stop that comes while a mail is under way. */
class EmergencyUnderWayTest extends DeliveryTestBase {

    /** In force from the n-th question on. */
    private void stopAfter(int questions, What what) {
        EmergencyStop stop = new EmergencyStop(
                what,
                "",
                "a hole",
                "anna",
                Instant.now(),
                Optional.of(Instant.now().plusSeconds(60)));
        AtomicInteger asked = new AtomicInteger();
        emergency = () -> asked.getAndIncrement() < questions ? TlsLimits.NONE : TlsLimits.of(List.of(stop));
    }

    @Test
    void nothingShouldBeBegunWhileTheServerIsStopped() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        stopAfter(0, What.SERVER);
        assertThat(only(deliver(Requirement.NOTHING))).isInstanceOf(Outcome.Deferred.class);
        assertThat(server.connections()).isEmpty();
    }

    @Test
    void stopOfTheServerShouldNotTurnMailUnderWayIntoCleartext() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        stopAfter(1, What.SERVER);
        assertThat(only(deliver(Requirement.NOTHING))).isInstanceOf(Outcome.Deferred.class);
        assertThat(server.connections()).hasSize(1);
        assertNothingSent(server);
    }

    @Test
    void handshakeShouldNotBeginAfterTlsIsSwitchedOff() {
        ScriptedServer server = onlyHost(TLS + "SERVE");
        stopAfter(2, What.NO_TLS); // one question before the connection, one before STARTTLS is said
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Outcome.Unmet.class);
        assertThat(server.only().wire()).as("no ClientHello").endsWith("STARTTLS\r\n");
        assertNothingSent(server);
    }
}
