/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.apache.james.protocols.smtp.hook.Hook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookResultHook;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.explain.GateReply;
import org.tlsward.hooks.GateEvidence.Transaction;
import org.tlsward.james.MetricNames;
import org.tlsward.james.RecipientJudge;
import org.tlsward.james.RecipientJudge.Ruling;
import org.tlsward.james.WardMetrics;
import org.tlsward.policy.InboundGate.Accept;
import org.tlsward.policy.InboundGate.Refuse;
import org.tlsward.policy.InboundGate.Stopped;
import org.tlsward.policy.SessionTls;

/**
 * Judges every recipient of an inbound transaction by its class and the TLS of the session. A recipient that may not be taken is
 * refused, the others of the transaction are not concerned: {@code 530 5.7.0} without TLS, {@code 550 5.7.10} with one that is too old,
 * {@code 451 4.3.0} when the class cannot be found out, or when the decision cannot be written into the evidence, {@code 451 4.7.0} when
 * an operator has stopped mail for it.
 *
 * <p>{@code postmaster} and {@code abuse} of our own domains and the address for TLS reports are always exempt. A recipient that the
 * client may not relay to is left to James, which refuses it: strangers must not learn who is medical. Being a {@link HookResultHook} too,
 * the gate also sees the OK of another hook, which would end the round before it was asked.
 *
 * <p>Part of {@link TlsWardHandlers}; alone:
 *
 * <pre><code>
 * &lt;handler class="org.tlsward.hooks.RecipientTlsGate"/&gt;
 * </code></pre>
 */
public class RecipientTlsGate implements RcptHook, HookResultHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecipientTlsGate.class);
    private static final AttachmentKey<String> RECORDED = AttachmentKey.of("tlsward.gate.recorded", String.class);

    private final RecipientJudge judge;
    private final DomainList domains;
    private final ObservedRefusals observed;
    private final GateEvidence evidence;
    private final WardMetrics metrics;

    /** Guice calls this. */
    @Inject
    public RecipientTlsGate(
            RecipientJudge judge,
            DomainList domains,
            ObservedRefusals observed,
            GateEvidence evidence,
            WardMetrics metrics) {
        this.judge = judge;
        this.domains = domains;
        this.observed = observed;
        this.evidence = evidence;
        this.metrics = metrics;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        try {
            if (!session.isRelayingAllowed() && !domains.containsDomain(recipient.getDomain())) {
                return HookResult.DECLINED; // AuthRequiredToRelayRcptHook refuses it
            }
            return judged(session, sender, recipient);
        } catch (Exception | LinkageError e) {
            return broken(recipient, e);
        }
    }

    @Override
    public HookResult onHookResult(SMTPSession session, HookResult result, long executionTime, Hook hook) {
        if (!(hook instanceof RcptHook) || hook == this || result.getResult().getAction() != Action.OK) {
            return result;
        }
        Optional<MailAddress> recipient = session.getAttachment(RcptCmdHandler.CURRENT_RECIPIENT, State.Transaction);
        try {
            HookResult ours =
                    recipient.isPresent() ? judged(session, senderOf(session), recipient.get()) : HookResult.DECLINED;
            return ours.getResult().getAction() == Action.DECLINED ? result : ours;
        } catch (Exception | LinkageError e) {
            return broken(recipient.orElse(MailAddress.nullSender()), e);
        }
    }

    private static MaybeSender senderOf(SMTPSession session) {
        return session.getAttachment(SMTPSession.SENDER, State.Transaction).orElse(MaybeSender.nullSender());
    }

    private HookResult judged(SMTPSession session, MaybeSender sender, MailAddress recipient)
            throws DomainListException {
        if (isExempt(recipient)) {
            return HookResult.DECLINED;
        }
        Optional<SessionTls> tls = SmtpSessionTls.of(session);
        TimeMetric time = metrics.time(MetricNames.JUDGEMENT);
        Ruling ruling = judge.judge(recipient, tls, session.getRemoteAddress().getAddress());
        time.stopAndPublish();
        Transaction transaction = transaction(session, sender, recipient);
        if (ruling.verdict() instanceof Accept accept) {
            return accepted(session, transaction, tls, ruling, accept);
        }
        GateReply reply = reply(session, tls, ruling);
        evidence.refused(transaction, tls, ruling, reply.code() + " " + reply.text());
        return refused(session, recipient, reply);
    }

    private static GateReply reply(SMTPSession session, Optional<SessionTls> tls, Ruling ruling) {
        if (ruling.verdict() instanceof Refuse refuse) {
            boolean tlsAvailable = session.isStartTLSSupported() || session.isTLSStarted();
            return GateReply.refusal(refuse.unmet(), tls, tlsAvailable);
        }
        return ruling.verdict() instanceof Stopped stopped
                ? GateReply.stopped(stopped.stop())
                : GateReply.unknownClass();
    }

    private HookResult accepted(
            SMTPSession session, Transaction transaction, Optional<SessionTls> tls, Ruling ruling, Accept accept) {
        // Another hook's OK comes here a second time, with the same decision.
        boolean known = session.getAttachment(RECORDED, State.Transaction)
                .filter(transaction.recipient()::equals)
                .isPresent();
        if (!known) {
            if (!evidence.accepted(transaction, tls, ruling)) {
                LOGGER.error("recipient {} is put off: the evidence cannot be written", transaction.recipient());
                return result(GateReply.noEvidence());
            }
            session.setAttachment(RECORDED, transaction.recipient(), State.Transaction);
            accept.wouldRefuse()
                    .ifPresent(unmet -> observed.add(transaction.recipient(), unmet, tls, transaction.client()));
        }
        return HookResult.DECLINED;
    }

    private static Transaction transaction(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return new Transaction(
                session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                        .orElse(""),
                session.getRemoteAddress().getAddress(),
                sender.asOptional().map(MailAddress::asString).orElse(""),
                recipient.asString());
    }

    private boolean isExempt(MailAddress recipient) throws DomainListException {
        return judge.isExempt(recipient, domains.containsDomain(recipient.getDomain()));
    }

    private static HookResult refused(SMTPSession session, MailAddress recipient, GateReply reply) {
        LOGGER.info(
                "refused recipient={} client={} reply=\"{} {}\"",
                recipient.asString(),
                session.getRemoteAddress().getAddress().getHostAddress(),
                reply.code(),
                reply.text());
        return result(reply);
    }

    /** Fail closed, but never for good: the sender's server keeps the mail and tries again. */
    private static HookResult broken(MailAddress recipient, Throwable failure) {
        LOGGER.error("recipient {} cannot be judged and is put off", recipient.asString(), failure);
        return result(GateReply.innerError());
    }

    private static HookResult result(GateReply reply) {
        return HookResult.builder()
                .hookReturnCode(reply.code().startsWith("4") ? HookReturnCode.denySoft() : HookReturnCode.deny())
                .smtpReturnCode(reply.code())
                .smtpDescription(reply.text())
                .build();
    }
}
