/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.List;
import java.util.Optional;
import org.tlsward.explain.GateReply;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundGate.Verdict;
import org.tlsward.policy.SessionTls;

/**
 * What the inbound gate would say to a client.
 *
 * @param session {@code cleartext} or a version of TLS
 * @param mark ok if the mail would be taken
 * @param text the very reply if not
 */
public record GateForecast(String session, Mark mark, String text) {

    /** The sessions that are worth a question. */
    public static List<Optional<SessionTls>> sessions() {
        return List.of(
                Optional.empty(),
                Optional.of(new SessionTls("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Optional.empty())),
                Optional.of(new SessionTls("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty())));
    }

    /** A verdict of the gate in a session of a server that offers TLS. */
    public static GateForecast of(Optional<SessionTls> session, Verdict verdict) {
        if (verdict instanceof InboundGate.Refuse refuse) {
            return refused(session, GateReply.refusal(refuse.unmet(), session, true));
        }
        if (verdict instanceof InboundGate.Stopped stopped) {
            return refused(session, GateReply.stopped(stopped.stop()));
        }
        if (verdict instanceof InboundGate.TryLater) {
            return refused(session, GateReply.unknownClass());
        }
        return ((InboundGate.Accept) verdict)
                .wouldRefuse()
                .map(unmet -> new GateForecast(
                        name(session),
                        Mark.WARNING,
                        "taken; only recorded: class " + unmet.rule().name() + " would want "
                                + unmet.minimum().word()))
                .orElseGet(() -> new GateForecast(name(session), Mark.OK, "taken"));
    }

    /** Whoever writes to postmaster, abuse or the address for TLS reports is always let in. */
    public static GateForecast exempt(Optional<SessionTls> session) {
        return new GateForecast(name(session), Mark.OK, "taken: this address is never refused for want of TLS");
    }

    private static GateForecast refused(Optional<SessionTls> session, GateReply reply) {
        return new GateForecast(name(session), Mark.FAIL, reply.code() + " " + reply.text());
    }

    private static String name(Optional<SessionTls> session) {
        return session.map(SessionTls::protocol).orElse("cleartext");
    }
}
