/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.Test;
import org.tlsward.james.WardMetrics;
import org.tlsward.smtp.ServerName;

class HandshakeTimesTest {
    private final RecordingMetricFactory recorded = new RecordingMetricFactory();
    private final HandshakeTimes times = new HandshakeTimes(new WardMetrics(recorded));

    private void starttls(int reply) {
        times.connecting(
                new ServerName(java.util.Optional.of("mx.partner.example"), new InetSocketAddress("192.0.2.1", 25)));
        times.sent("EHLO mail.klinik.example");
        times.received(250, List.of());
        times.sent("STARTTLS");
        times.received(reply, List.of());
    }

    private int handshakes() {
        return recorded.executionTimesFor("tlsward_out_handshake").size();
    }

    @Test
    void aHandshakeShouldBeMeasuredOnce() {
        starttls(220);
        assertThat(handshakes()).isZero();
        times.secured("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        assertThat(handshakes()).isEqualTo(1);
        times.failed("the connection was lost later");
        assertThat(recorded.countFor("tlsward_out_handshake_failed")).isZero();
    }

    @Test
    void aFailedHandshakeShouldBeCountedAndNotMeasured() {
        starttls(220);
        times.failed("handshake_failure");
        assertThat(handshakes()).isZero();
        assertThat(recorded.countFor("tlsward_out_handshake_failed")).isEqualTo(1);
    }

    @Test
    void whatIsNoHandshakeShouldNotBeOne() {
        starttls(454);
        times.failed("the connection was lost");
        assertThat(recorded.countFor("tlsward_out_handshake_failed")).isZero();
    }
}
