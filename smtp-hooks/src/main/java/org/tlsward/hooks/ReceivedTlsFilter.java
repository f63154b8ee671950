/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.common.net.InetAddresses;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.SeparatingDataLineFilter;
import org.tlsward.policy.SessionTls;

/**
 * Writes the topmost {@code Received} line (RFC 5321 §4.4) with what stock James 3.8 leaves out: {@code ESMTPS} and {@code ESMTPSA}
 * (RFC 3848), TLS version and cipher suite in the form that Postfix made common. Replaces James' own filter in {@link TlsWardHandlers}.
 */
public class ReceivedTlsFilter extends SeparatingDataLineFilter {
    private static final AttachmentKey<Boolean> WRITTEN = AttachmentKey.of("tlsward.received", Boolean.class);

    /** RFC 5322 §3.3. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z (zzz)", Locale.US);

    private static final int LONGEST_HELO = 255;

    private final Clock clock;

    /** Guice calls this. */
    public ReceivedTlsFilter() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    ReceivedTlsFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected Response onHeadersLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        Response early = writeOnce(session, next);
        return early != null ? early : super.onHeadersLine(session, line, next);
    }

    @Override
    protected Response onSeparatorLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        Response early = writeOnce(session, next); // a message may begin with its empty line
        return early != null ? early : super.onSeparatorLine(session, line, next);
    }

    private Response writeOnce(SMTPSession session, LineHandler<SMTPSession> next) {
        if (session.setAttachment(WRITTEN, true, State.Transaction).isPresent()) {
            return null;
        }
        for (String line : lines(session)) {
            Response response = next.onLine(session, (line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            if (response != null) {
                return response;
            }
        }
        return null;
    }

    /** The lines of the header field, without line ends. */
    List<String> lines(SMTPSession session) {
        Optional<SessionTls> tls = SmtpSessionTls.of(session);
        String address = InetAddresses.toAddrString(session.getRemoteAddress().getAddress());
        String helo = session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                .map(ReceivedTlsFilter::printable)
                .orElse("unknown");
        String first = "Received: from " + helo + " ([" + (address.contains(":") ? "IPv6:" : "") + address + "])";
        String by = " by " + session.getConfiguration().getHelloName() + " ("
                + session.getConfiguration().getSoftwareName() + ") with " + protocol(session, tls.isPresent())
                + " id " + session.getSessionID() + onlyRecipient(session) + ";";
        String date = " " + DATE.format(ZonedDateTime.now(clock));
        return tls.map(t -> List.of(first, using(t), by, date)).orElseGet(() -> List.of(first, by, date));
    }

    private static String using(SessionTls tls) {
        return " (using " + tls.protocol() + " with cipher " + tls.cipherSuite()
                + tls.client()
                        .map(client -> "; client certificate SHA-256 " + client.sha256())
                        .orElse("")
                + ")";
    }

    /** RFC 3848: S for TLS, A for a successful AUTH; only ESMTP has either. */
    private static String protocol(SMTPSession session, boolean tls) {
        boolean extended = session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection)
                .filter(mode -> mode.equalsIgnoreCase("EHLO"))
                .isPresent();
        boolean authenticated = session.getUsername() != null;
        if (!extended && !tls && !authenticated) {
            return "SMTP";
        }
        return "ESMTP" + (tls ? "S" : "") + (authenticated ? "A" : "");
    }

    /** Named only where it is alone: the others must not learn of each other. */
    private static String onlyRecipient(SMTPSession session) {
        List<MailAddress> recipients =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(List.of());
        return recipients.size() == 1 ? " for <" + printable(recipients.get(0).toString()) + ">" : "";
    }

    /** What the client says of itself is text of a stranger: it must not open a comment or a new line. */
    private static String printable(String text) {
        String safe = text.chars()
                .limit(LONGEST_HELO)
                .mapToObj(c -> c > 0x20 && c < 0x7F && c != '(' && c != ')' && c != ';' ? Character.toString(c) : "?")
                .collect(Collectors.joining());
        return safe.isEmpty() ? "unknown" : safe;
    }
}
