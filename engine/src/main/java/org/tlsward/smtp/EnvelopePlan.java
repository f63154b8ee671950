/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.smtp.Answer.RefusedHere;

/**
 * What of an envelope and a message can be sent to a server with these extensions, and by which commands.
 *
 * @param mail the MAIL command, or why nothing can be sent
 * @param recipients the RCPT commands, or why one cannot be sent
 * @param message to be sent: the original, or its seven-bit form
 */
record EnvelopePlan(Line mail, List<Line> recipients, MessageSource message) {
    private static final EnhancedCode BAD_SENDER = new EnhancedCode(5, 1, 7); // RFC 3463 §3.2
    private static final EnhancedCode BAD_RECIPIENT = new EnhancedCode(5, 1, 3);
    private static final EnhancedCode TOO_BIG = new EnhancedCode(5, 3, 4);
    private static final EnhancedCode CONVERSION = new EnhancedCode(5, 6, 3);
    private static final EnhancedCode NEEDS_UTF8 = new EnhancedCode(5, 6, 7); // RFC 6531 §3.5

    /**
     * A command or a refusal of our own.
     *
     * @param command empty if refused
     * @param refusal empty if there is a command
     */
    record Line(Optional<String> command, Optional<RefusedHere> refusal) {
        static Line command(String command) {
            return new Line(Optional.of(command), Optional.empty());
        }

        static Line refused(EnhancedCode code, String explanation) {
            return new Line(Optional.empty(), Optional.of(new RefusedHere(code, explanation)));
        }
    }

    static EnvelopePlan of(Envelope envelope, MessageSource original, Extensions extensions) {
        boolean convert = original.hasEightBitBody() && !extensions.eightBitMime();
        MessageSource message = convert ? original.sevenBit().orElse(original) : original;
        List<Line> recipients = new ArrayList<>();
        for (EnvelopeRecipient recipient : envelope.recipients()) {
            recipients.add(rcpt(recipient, extensions));
        }
        return new EnvelopePlan(mail(envelope, message, extensions), recipients, message);
    }

    private static Line mail(Envelope envelope, MessageSource message, Extensions extensions) {
        Optional<SmtpPath> sender = envelope.sender().flatMap(SmtpPath::of);
        if (envelope.sender().isPresent() && sender.isEmpty()) {
            return Line.refused(BAD_SENDER, "the sender's address cannot be sent by SMTP");
        }
        Optional<Line> refusal = refusal(message, sender, extensions);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean utf8 = message.hasUtf8Header()
                || sender.filter(SmtpPath::utf8).isPresent()
                || envelope.recipients().stream().anyMatch(each -> SmtpPath.of(each.address())
                        .filter(SmtpPath::utf8)
                        .isPresent());
        StringBuilder line = new StringBuilder("MAIL FROM:<")
                .append(sender.map(SmtpPath::text).orElse(""))
                .append('>');
        if (extensions.size()) {
            line.append(" SIZE=").append(message.size()); // RFC 1870 §3
        }
        if (extensions.eightBitMime() && (message.hasEightBitBody() || utf8)) {
            line.append(" BODY=8BITMIME"); // RFC 6152 §2
        }
        if (utf8 && extensions.smtpUtf8()) {
            line.append(" SMTPUTF8"); // RFC 6531 §3.4
        }
        if (envelope.requireTls() && extensions.requireTls()) {
            line.append(" REQUIRETLS"); // RFC 8689 §4.2.1
        }
        if (extensions.dsn()) {
            envelope.returnContent().ifPresent(ret -> line.append(" RET=").append(ret));
            envelope.envelopeId().ifPresent(id -> line.append(" ENVID=").append(Xtext.encode(id)));
        }
        return Line.command(line.toString());
    }

    private static Optional<Line> refusal(MessageSource message, Optional<SmtpPath> sender, Extensions extensions) {
        boolean utf8 = message.hasUtf8Header() || sender.filter(SmtpPath::utf8).isPresent();
        if (utf8 && !extensions.smtpUtf8()) {
            return Optional.of(Line.refused(
                    NEEDS_UTF8, "the message has a header or a sender in UTF-8 and the server offers no SMTPUTF8"));
        }
        if (message.hasEightBitBody() && !extensions.eightBitMime()) {
            return Optional.of(Line.refused(
                    CONVERSION,
                    "the message has an 8-bit body, the server offers no 8BITMIME, and it cannot be converted"));
        }
        long most = extensions.largestMessage().orElse(Long.MAX_VALUE);
        if (message.size() > most) {
            return Optional.of(Line.refused(
                    TOO_BIG, "the message has " + message.size() + " octets and the server takes at most " + most));
        }
        return Optional.empty();
    }

    private static Line rcpt(EnvelopeRecipient recipient, Extensions extensions) {
        Optional<SmtpPath> path = SmtpPath.of(recipient.address());
        if (path.isEmpty()) {
            return Line.refused(BAD_RECIPIENT, "the recipient's address cannot be sent by SMTP");
        }
        if (path.get().utf8() && !extensions.smtpUtf8()) {
            return Line.refused(NEEDS_UTF8, "the recipient's address is in UTF-8 and the server offers no SMTPUTF8");
        }
        StringBuilder line =
                new StringBuilder("RCPT TO:<").append(path.get().text()).append('>');
        if (extensions.dsn()) {
            if (!recipient.notifyOn().isEmpty()) {
                line.append(" NOTIFY=")
                        .append(recipient.notifyOn().stream().map(Enum::name).collect(Collectors.joining(",")));
            }
            recipient.originalRecipient().ifPresent(original -> line.append(" ORCPT=")
                    .append(Xtext.originalRecipient(original)));
        }
        return Line.command(line.toString());
    }
}
