/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.MetricNames;
import org.tlsward.james.WardMetrics;

/**
 * Says in one log line who could not make a TLS session with us, and why: the partner whose server is too old is seen before somebody calls.
 * Counted as {@code tlsward_in_handshake_failed}.
 */
public class HandshakeFailureRecorder implements DisconnectHandler<SMTPSession> {
    private static final Logger LOGGER = LoggerFactory.getLogger(HandshakeFailureRecorder.class);

    private final WardMetrics metrics;

    /** Guice calls this. */
    @Inject
    public HandshakeFailureRecorder(WardMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void onDisconnect(SMTPSession session) {
        if (session == null
                || !session.isTLSStarted()
                || SmtpSessionTls.of(session).isPresent()) {
            return;
        }
        metrics.count(MetricNames.INCOMING_HANDSHAKE_FAILED);
        LOGGER.warn(
                "TLS handshake with {} failed: {}",
                session.getRemoteAddress().getAddress().getHostAddress(),
                reason(session).orElse("the client went away before it was over"));
    }

    private static Optional<String> reason(SMTPSession session) {
        return SmtpChannel.of(session)
                .map(channel -> channel.pipeline().get(SslHandler.class))
                .map(handler -> handler.handshakeFuture().cause())
                .map(HandshakeFailureRecorder::innermost)
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .map(text -> text.replaceAll("\\p{Cntrl}+", " "));
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
