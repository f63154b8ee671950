/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * Refuses AUTH in cleartext where {@code smtpserver.xml} says {@code <requireSSL>true</requireSSL>}: stock James then only leaves AUTH out
 * of its EHLO, and still takes the password of a client that sends it all the same.
 */
public class CleartextAuthGuard implements CommandHandler<SMTPSession> {
    /** RFC 5737: an address that nobody has, so that {@code authorizedAddresses}, which hide AUTH too, do not hide the setting. */
    private static final String NOBODY = "192.0.2.1";

    @Override
    public Collection<String> getImplCommands() {
        return List.of("AUTH");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (SmtpSessionTls.of(session).isPresent() || !requiresTls(session)) {
            return null;
        }
        // RFC 4954 §6: 538 5.7.11 Encryption required for requested authentication mechanism.
        return new SMTPResponse("538", "5.7.11 Encryption required: please issue STARTTLS before AUTH");
    }

    /** The setting itself cannot be asked for; that AUTH is announced inside TLS and not outside tells it. */
    private static boolean requiresTls(SMTPSession session) {
        SMTPConfiguration configuration = session.getConfiguration();
        String client = session.getRemoteAddress().getAddress().getHostAddress();
        return List.of(client, NOBODY).stream()
                .anyMatch(address ->
                        configuration.isAuthAnnounced(address, true) && !configuration.isAuthAnnounced(address, false));
    }
}
