/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.policy.RequireHeader;
import org.tlsward.policy.Requirement;

/**
 * REQUIRETLS and {@code TLS-Required: No} (RFC 8689), inbound.
 *
 * <ol>
 *   <li>The EHLO keyword, only inside TLS (§2).
 *   <li>The MAIL parameter, in any case: outside TLS {@code 530 5.7.10}, with a value or twice {@code 501 5.5.4}. It works on the raw
 *       argument before James' own MAIL handler, which drops a parameter in lower case without a word.
 *   <li>What was said is written onto the mail as {@code tlsward.requiretls}; REQUIRETLS also into the header {@link RequireHeader}, because a
 *       Sieve redirect builds a new mail without attributes.
 * </ol>
 */
public class RequireTlsExtension implements CommandHandler<SMTPSession>, EhloExtension, JamesMessageHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(RequireTlsExtension.class);
    private static final String KEYWORD = "REQUIRETLS";
    private static final Requirement REQUIRED =
            Requirement.builder().requireTls().build();
    private static final AttachmentKey<Boolean> REQUESTED = AttachmentKey.of("tlsward.requiretls", Boolean.class);

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return SmtpSessionTls.of(session).isPresent() ? List.of(KEYWORD) : List.of();
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("MAIL");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            // James would refuse it too, but forget the first sender and keep his recipients for whoever comes next.
            return new SMTPResponse("503", "5.5.1 Sender already specified");
        }
        // What a MAIL that failed had set must not colour this one.
        session.removeAttachment(REQUESTED, State.Transaction);
        List<String> mentions = mentions(request.getArgument());
        if (mentions.isEmpty()) {
            return null;
        }
        if (SmtpSessionTls.of(session).isEmpty()) {
            return new SMTPResponse("530", "5.7.10 REQUIRETLS needs TLS: please issue STARTTLS first");
        }
        if (mentions.size() > 1 || mentions.get(0).indexOf('=') >= 0) {
            return new SMTPResponse("501", "5.5.4 REQUIRETLS takes no value and stands once");
        }
        session.setAttachment(REQUESTED, true, State.Transaction);
        return null;
    }

    /** Every parameter of MAIL with that keyword, as the client wrote it. The reverse-path ends where James' own handler ends it. */
    private static List<String> mentions(String argument) {
        if (argument == null) {
            return List.of();
        }
        int end = argument.indexOf('>', Math.max(argument.indexOf('<'), 0));
        String parameters = end < 0 ? argument : argument.substring(end + 1);
        return Arrays.stream(parameters.split("\\s+"))
                .filter(word -> word.toUpperCase(Locale.ROOT).split("=", 2)[0].equals(KEYWORD))
                .toList();
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        if (session.getAttachment(REQUESTED, State.Transaction).isPresent()) {
            // RFC 8689 §4.1: with REQUIRETLS the header is ignored.
            WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);
            return carryAlong(mail);
        } else if (saysNotRequired(mail)) {
            WardAttributes.setSenderWish(mail, SenderWish.NOT_REQUIRED);
        }
        return HookResult.DECLINED;
    }

    private static HookResult carryAlong(Mail mail) {
        try {
            MimeMessage message = mail.getMessage();
            for (String value : RequireHeader.values(REQUIRED)) {
                message.addHeader(RequireHeader.NAME, value);
            }
            return HookResult.DECLINED;
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("{} is not taken, because its REQUIRETLS could get lost", mail.getName(), e);
            return HookResult.builder()
                    .hookReturnCode(HookReturnCode.denySoft())
                    .smtpReturnCode("451")
                    .smtpDescription("4.3.0 REQUIRETLS cannot be kept now, please try again")
                    .build();
        }
    }

    /** RFC 8689 §3: exactly one header field with the one value that is defined; anything else is as if it were not there. */
    private static boolean saysNotRequired(Mail mail) {
        try {
            String[] values = mail.getMessage().getHeader("TLS-Required");
            return values != null && values.length == 1 && values[0].strip().equalsIgnoreCase("No");
        } catch (Exception e) {
            // Not knowing means not lowering: the header only ever lowers.
            LOGGER.warn("The header of {} cannot be read for TLS-Required, which counts as absent", mail.getName(), e);
            return false;
        }
    }
}
