/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.protocols.api.ProtocolSessionImpl;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.EmergencyStops;
import org.tlsward.policy.EmergencyStop;

/** The SMTP sessions of this server: those that have TLS are ended when an operator switches TLS off. */
@Singleton
class OpenSessions {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenSessions.class);

    private final EmergencyStops stops;
    private final Set<SMTPSession> sessions = ConcurrentHashMap.newKeySet();

    @Inject
    OpenSessions(EmergencyStops stops) {
        this.stops = stops;
        stops.onChange(this::endTls);
    }

    void add(SMTPSession session) {
        sessions.add(session);
    }

    void remove(SMTPSession session) {
        sessions.remove(session);
    }

    private void endTls() {
        Optional<EmergencyStop> off = stops.tlsLimits().off();
        if (off.isEmpty()) {
            return;
        }
        List<SMTPSession> overTls =
                sessions.stream().filter(SMTPSession::isTLSStarted).toList();
        overTls.forEach(session -> end(session, off.get()));
        if (!overTls.isEmpty()) {
            LOGGER.warn(
                    "{} sessions over TLS are ended: {}",
                    overTls.size(),
                    off.get().told());
        }
    }

    private static void end(SMTPSession session, EmergencyStop stop) {
        boolean handshakeIsOver = SmtpSessionTls.of(session).isPresent();
        if (handshakeIsOver && session instanceof ProtocolSessionImpl implementation) {
            SMTPResponse goodbye = EmergencyReplies.goodbye(stop);
            implementation.getProtocolTransport().writeResponse(goodbye, session);
        } else {
            // What waits for the end of a handshake would let it go on.
            SmtpChannel.close(session);
        }
    }
}
