/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.List;
import org.apache.james.metrics.api.TimeMetric;
import org.tlsward.james.MetricNames;
import org.tlsward.james.WardMetrics;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.Transcript;

/** Measures handshakes with servers by listening to the conversations, each of which is held by one thread. */
final class HandshakeTimes implements Transcript {
    private static final int SERVICE_READY = 220;

    private final WardMetrics metrics;
    private final ThreadLocal<Conversation> here = ThreadLocal.withInitial(Conversation::new);

    /** How far the conversation of a thread has come. */
    private static final class Conversation {
        private boolean asked;
        private TimeMetric handshake;
    }

    HandshakeTimes(WardMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void connecting(ServerName server) {
        here.remove();
    }

    @Override
    public void sent(String command) {
        here.get().asked = command.equals("STARTTLS");
    }

    @Override
    public void received(int code, List<String> lines) {
        Conversation conversation = here.get();
        if (conversation.asked && code == SERVICE_READY) {
            conversation.handshake = metrics.time(MetricNames.HANDSHAKE);
        }
        conversation.asked = false;
    }

    @Override
    public void secured(String protocol, String cipherSuite) {
        TimeMetric handshake = here.get().handshake;
        here.remove();
        if (handshake != null) {
            handshake.stopAndPublish();
        }
    }

    @Override
    public void failed(String why) {
        boolean handshaking = here.get().handshake != null;
        here.remove();
        if (handshaking) {
            metrics.count(MetricNames.HANDSHAKE_FAILED);
        }
    }
}
