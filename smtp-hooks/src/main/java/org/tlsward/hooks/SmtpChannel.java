/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.AttributeKey;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSessionImpl;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.smtp.SMTPSession;

/** The connection below a session: James has no way to ask for it. */
final class SmtpChannel {
    /** By which James remembers that it has read STARTTLS: any other line then ends the session, until TLS has begun. */
    private static final AttributeKey<Object> STARTTLS_READ = AttributeKey.valueOf("startTlsInFlight");

    private SmtpChannel() {}

    /** Empty where another James keeps it elsewhere; whoever asks has to do without it. */
    static Optional<Channel> of(SMTPSession session) {
        if (!(session instanceof ProtocolSessionImpl implementation)) {
            return Optional.empty();
        }
        ProtocolTransport transport = implementation.getProtocolTransport();
        return Arrays.stream(transport.getClass().getDeclaredFields())
                .filter(field -> Channel.class.isAssignableFrom(field.getType()))
                .findFirst()
                .flatMap(field -> read(field, transport));
    }

    /** Closes TCP at once, if it can be reached. */
    static void close(SMTPSession session) {
        Optional<Channel> channel = of(session);
        if (channel.isPresent()) {
            ChannelFuture unused = channel.get().close();
        }
    }

    /** STARTTLS was refused: the client may go on in cleartext (RFC 3207 §4), and no line can be mistaken for one inside TLS. */
    static void goOnWithoutTls(SMTPSession session) {
        of(session).ifPresent(channel -> channel.attr(STARTTLS_READ).set(false));
    }

    private static Optional<Channel> read(Field field, ProtocolTransport transport) {
        try {
            field.setAccessible(true);
            return Optional.ofNullable((Channel) field.get(transport));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
