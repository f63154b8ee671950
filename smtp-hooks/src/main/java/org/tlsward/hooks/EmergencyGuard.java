/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerResultHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.tlsward.james.EmergencyStops;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.TlsLimits;

/**
 * What an emergency means for an SMTP session.
 *
 * <ol>
 *   <li>The whole server is stopped: {@code 421 4.3.2} to the next command; {@link EmergencyGreeting} says it to whoever connects.
 *   <li>TLS is switched off: EHLO lists neither STARTTLS nor AUTH, {@code 454 4.7.0} to both commands, and sessions with TLS are ended.
 *   <li>A version or a cipher suite is refused: {@code 421 4.7.0} to the first command after a handshake that has chosen it.
 * </ol>
 *
 * Part of {@link TlsWardHandlers}, as the first; alone:
 *
 * <pre><code>
 * &lt;handler class="org.tlsward.hooks.EmergencyGuard"/&gt;
 * </code></pre>
 */
public class EmergencyGuard
        implements DisconnectHandler<SMTPSession>,
                CommandHandler<SMTPSession>,
                ProtocolHandlerResultHandler<Response, SMTPSession> {
    /** Those of James, and what it calls all others. */
    private static final List<String> COMMANDS = List.of(
            "EHLO",
            "HELO",
            "MAIL",
            "RCPT",
            "DATA",
            "RSET",
            "NOOP",
            "VRFY",
            "EXPN",
            "HELP",
            "AUTH",
            "STARTTLS",
            "UNKNOWN");

    private final EmergencyStops stops;
    private final OpenSessions sessions;

    @Inject
    EmergencyGuard(EmergencyStops stops, OpenSessions sessions) {
        this.stops = stops;
        this.sessions = sessions;
    }

    @Override
    public void onDisconnect(SMTPSession session) {
        if (session != null) {
            sessions.remove(session);
        }
    }

    @Override
    public Collection<String> getImplCommands() {
        return COMMANDS;
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        sessions.add(session); // the greeting has done so, unless somebody left it out
        TlsLimits limits = stops.tlsLimits();
        if (limits.stops().isEmpty()) {
            return null;
        }
        Optional<EmergencyStop> end = limits.server().or(() -> refusing(limits, SmtpSessionTls.of(session)));
        if (end.isPresent()) {
            return EmergencyReplies.goodbye(end.get());
        }
        return limits.off()
                .map(stop -> withoutTls(session, request.getCommand(), stop))
                .orElse(null);
    }

    private static Response withoutTls(SMTPSession session, String command, EmergencyStop stop) {
        return switch (command.toUpperCase(Locale.ROOT)) {
            case "STARTTLS" -> {
                SmtpChannel.goOnWithoutTls(session);
                yield EmergencyReplies.noTls(stop);
            }
            case "AUTH" -> EmergencyReplies.noAuth(stop);
            default -> null;
        };
    }

    private static Optional<EmergencyStop> refusing(TlsLimits limits, Optional<SessionTls> tls) {
        return tls.flatMap(session -> limits.refusing(session.protocol(), session.cipherSuite()));
    }

    /** What EHLO lists is made by others; what must not be offered is taken out. */
    @Override
    public Response onResponse(
            ProtocolSession session, Response response, long executionTime, ProtocolHandler handler) {
        return handler instanceof EhloCmdHandler && stops.tlsLimits().off().isPresent()
                ? withoutTls(response)
                : response;
    }

    private static Response withoutTls(Response response) {
        if (response == null || !"250".equals(response.getRetCode())) {
            return response;
        }
        List<String> lines = response.getLines().stream()
                .map(line -> line.toString().substring(4))
                .toList();
        SMTPResponse fewer = new SMTPResponse(response.getRetCode(), lines.get(0));
        lines.stream().skip(1).filter(line -> !isUnfit(line)).forEach(fewer::appendLine);
        return fewer;
    }

    private static boolean isUnfit(String line) {
        String keyword = line.split("[ =]", 2)[0].toUpperCase(Locale.ROOT);
        return keyword.equals("STARTTLS") || keyword.equals("AUTH");
    }
}
