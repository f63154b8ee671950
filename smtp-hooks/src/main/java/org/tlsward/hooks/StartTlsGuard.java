/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * Refuses STARTTLS on a connection that has seen DATA in cleartext, and ends that connection.
 *
 * <p>James looks for commands that were sent behind STARTTLS in the same packet (RFC 3207 §6, CVE-2011-0411), but its DATA command
 * switches that look-out off for the rest of the connection: whoever sits on the line could put a whole envelope in front of the victim's
 * TLS session. A client that means well begins anew, and has lost nothing.
 */
public class StartTlsGuard implements CommandHandler<SMTPSession> {
    private static final AttachmentKey<Boolean> DATA_IN_CLEAR =
            AttachmentKey.of("tlsward.data-in-clear", Boolean.class);

    @Override
    public Collection<String> getImplCommands() {
        return List.of("DATA", "STARTTLS");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.isTLSStarted()) {
            return null; // nothing to guard; James' own handler answers
        }
        if (request.getCommand().equals("DATA")) {
            session.setAttachment(DATA_IN_CLEAR, true, State.Connection);
            return null;
        }
        if (session.getAttachment(DATA_IN_CLEAR, State.Connection).isEmpty()) {
            return null;
        }
        SMTPResponse refusal =
                new SMTPResponse("421", "4.7.0 STARTTLS must come before DATA: please open a new connection");
        refusal.setEndSession(true);
        return refusal;
    }
}
