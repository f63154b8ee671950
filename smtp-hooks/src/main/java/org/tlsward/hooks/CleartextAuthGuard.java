/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * Refuses AUTH in cleartext where James announces it to nobody in cleartext: with {@code <requireSSL>true</requireSSL>}, and with
 * {@code <announce>never</announce>}. Stock James then only leaves AUTH out of its EHLO, and still takes the password of a client that sends
 * it all the same.
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
        if (SmtpSessionTls.of(session).isPresent() || isAnnounced(session)) {
            return null;
        }
        // RFC 4954 §6: 538 5.7.11 Encryption required for requested authentication mechanism.
        return new SMTPResponse("538", "5.7.11 Encryption required: please issue STARTTLS before AUTH");
    }

    /** The settings themselves cannot be asked for. */
    private static boolean isAnnounced(SMTPSession session) {
        SMTPConfiguration configuration = session.getConfiguration();
        String client = session.getRemoteAddress().getAddress().getHostAddress();
        return Stream.of(client, NOBODY).anyMatch(address -> configuration.isAuthAnnounced(address, false));
    }
}
