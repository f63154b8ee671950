/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.smtp.MessageWriter.SourceException;
import org.tlsward.smtp.TransactionResult.RecipientAnswer;

/** One MAIL, some RCPT, one DATA (RFC 5321 §3.3), with a reply for each recipient at the end. */
final class MailTransaction {
    private static final int START_MAIL_INPUT = 354;

    private final Wire wire;
    private final Extensions extensions;
    private final Envelope envelope;
    private final EnvelopePlan plan;

    private final List<Optional<Reply>> rcptReplies = new ArrayList<>();
    private Optional<Reply> mailReply = Optional.empty();
    private Optional<Reply> dataReply = Optional.empty();
    private Optional<Reply> finalReply = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean begun;
    private boolean endSent;

    MailTransaction(Wire wire, Extensions extensions, Envelope envelope, MessageSource message) {
        this.wire = wire;
        this.extensions = extensions;
        this.envelope = envelope;
        this.plan = EnvelopePlan.of(envelope, message, extensions);
        envelope.recipients().forEach(each -> rcptReplies.add(Optional.empty()));
    }

    TransactionResult run() {
        ContentBytes before = wire.sent();
        boolean sendable = plan.mail().command().isPresent()
                && plan.recipients().stream().anyMatch(line -> line.command().isPresent());
        if (sendable) {
            begun = true;
            wire.restartTotal();
            try {
                converse();
            } catch (SmtpException e) {
                failure = Optional.of(e.failure());
            } catch (SourceException e) {
                failure = Optional.of(new Failure.SourceFailed(e.getMessage()));
            }
        }
        return new TransactionResult(
                answers(), failure, extensions.dsn(), wire.sent().minus(before));
    }

    /** True if the server still has parts of an envelope and needs RSET before the next one. */
    boolean leavesEnvelopeBehind() {
        return begun && finalReply.isEmpty();
    }

    private void converse() throws SmtpException, SourceException {
        CommandWindow window = new CommandWindow(wire, extensions.pipelining());
        window.send(Step.MAIL, plan.mail().command().orElseThrow(), reply -> mailReply = Optional.of(reply));
        for (int i = 0; i < plan.recipients().size() && !refused(mailReply); i++) {
            int index = i;
            Optional<String> command = plan.recipients().get(i).command();
            if (command.isPresent()) {
                window.send(Step.RCPT, command.get(), reply -> rcptReplies.set(index, Optional.of(reply)));
            }
        }
        boolean early = extensions.pipelining();
        if (early) {
            // RFC 2920 §3.1: DATA may be the last command of a group.
            window.send(Step.DATA, "DATA", reply -> dataReply = Optional.of(reply));
        }
        window.drain();
        if (!early && anyAccepted()) {
            window.send(Step.DATA, "DATA", reply -> dataReply = Optional.of(reply));
        }
        if (dataReply.filter(reply -> reply.code() == START_MAIL_INPUT).isPresent()) {
            content();
        }
    }

    private void content() throws SmtpException, SourceException {
        if (wire.hasUnreadInput()) {
            // A reply to the message before the message: whoever sent it, it is not an acknowledgement.
            throw new SmtpException(new Failure.Violation(Step.DATA, "a reply without a command"));
        }
        MessageWriter writer = new MessageWriter(wire::content);
        if (anyAccepted()) {
            try {
                writer.write(plan.message());
            } catch (SmtpException e) {
                lastWords();
                throw e;
            }
            endSent = true;
        }
        // RFC 2920 §3.1: a server that says 354 without a recipient gets a lone dot, and no message.
        writer.end();
        Reply reply = wire.reply(Step.END_OF_DATA);
        finalReply = Optional.of(reply);
        if (reply.isClosing()) {
            throw new SmtpException(new Failure.Refused(Step.END_OF_DATA, reply));
        }
    }

    /** A server that cuts us off in the middle of a message has often said why. */
    private void lastWords() {
        try {
            Optional<Reply> words = Optional.of(wire.lastReply());
            finalReply = words.filter(reply -> !reply.isPositive());
        } catch (SmtpException e) {
            finalReply = Optional.empty();
        }
    }

    private static boolean refused(Optional<Reply> reply) {
        return reply.filter(answer -> !answer.isPositive()).isPresent();
    }

    private boolean anyAccepted() {
        return mailReply.filter(Reply::isPositive).isPresent()
                && rcptReplies.stream().flatMap(Optional::stream).anyMatch(Reply::isPositive);
    }

    private List<RecipientAnswer> answers() {
        List<RecipientAnswer> answers = new ArrayList<>();
        for (int i = 0; i < rcptReplies.size(); i++) {
            answers.add(new RecipientAnswer(envelope.recipients().get(i), answer(i)));
        }
        return answers;
    }

    private Answer answer(int index) {
        Optional<Answer.RefusedHere> here =
                plan.mail().refusal().or(() -> plan.recipients().get(index).refusal());
        if (here.isPresent()) {
            return here.get();
        }
        if (refused(mailReply)) {
            return new Answer.Refused(Step.MAIL, mailReply.orElseThrow());
        }
        Optional<Reply> rcpt = rcptReplies.get(index);
        if (refused(rcpt)) {
            return new Answer.Refused(Step.RCPT, rcpt.orElseThrow());
        }
        if (finalReply.isPresent()) {
            return decided(finalReply.get());
        }
        if (failure.isPresent()) {
            return new Answer.Unanswered(failure.get(), endSent);
        }
        return new Answer.Refused(Step.DATA, dataReply.orElseThrow());
    }

    private static Answer decided(Reply reply) {
        return reply.isPositive() ? new Answer.Accepted(reply) : new Answer.Refused(Step.END_OF_DATA, reply);
    }
}
