/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;
import org.tlsward.james.EmergencyStops;
import org.tlsward.policy.TlsLimits;

/**
 * The greeting of James, or in an emergency what is said in its place: {@code 421 4.3.2} while the whole server is stopped. Takes the place of
 * James' own in {@link TlsWardHandlers}, because James greets with what every such handler says, one after the other.
 */
public class EmergencyGreeting extends JamesWelcomeMessageHandler {
    private final EmergencyStops stops;
    private final OpenSessions sessions;

    @Inject
    EmergencyGreeting(EmergencyStops stops, OpenSessions sessions) {
        this.stops = stops;
        this.sessions = sessions;
    }

    @Override
    public Response onConnect(SMTPSession session) {
        sessions.add(session);
        TlsLimits limits = stops.tlsLimits();
        if (session.isTLSStarted() && limits.off().isPresent()) {
            // TLS from the first byte: no reply without the handshake that must not be.
            SmtpChannel.close(session);
            return Response.DISCONNECT;
        }
        return limits.server().<Response>map(EmergencyReplies::goodbye).orElseGet(() -> super.onConnect(session));
    }
}
