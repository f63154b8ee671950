/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.ContentType;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches mail whose body only the recipient can read: S/MIME (RFC 8551: {@code application/pkcs7-mime} with {@code smime-type}
 * {@code enveloped-data} or {@code authEnveloped-data}) and PGP/MIME (RFC 3156: {@code multipart/encrypted}).
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.EndToEndEncrypted" class="..."/&gt;
 * </code></pre>
 *
 * Mail that is only signed does not match, nor does PGP text inside a plain message. It looks at the header alone, which anybody can write, and
 * subject and addresses are readable in any case: such mail is not exempt from anything. What cannot be read does not match. Never throws after
 * the start.
 */
public class EndToEndEncrypted extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(EndToEndEncrypted.class);
    private static final Set<String> SMIME = Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");
    private static final Set<String> ENVELOPED = Set.of("enveloped-data", "authenveloped-data");
    private static final String PGP = "application/pgp-encrypted";

    @Override
    public void init() throws MessagingException {
        if (getCondition() != null && !getCondition().isBlank()) {
            throw new MessagingException("mailetcontainer.xml: EndToEndEncrypted: unsupported condition \""
                    + getCondition() + "\" (expected: nothing)");
        }
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return isEncrypted(mail) ? mail.getRecipients() : List.of();
    }

    private static boolean isEncrypted(Mail mail) {
        try {
            String[] header = mail.getMessage().getHeader("Content-Type");
            // Of several, readers take one or the other: that proves nothing.
            return header != null && header.length == 1 && isEncrypted(new ContentType(header[0]));
        } catch (MessagingException | RuntimeException | LinkageError e) {
            LOGGER.info("the type of {} cannot be read: {}", mail.getName(), e.toString());
            return false;
        }
    }

    private static boolean isEncrypted(ContentType type) {
        String name = type.getBaseType().toLowerCase(Locale.ROOT);
        if (SMIME.contains(name)) {
            return ENVELOPED.contains(parameter(type, "smime-type"));
        }
        return name.equals("multipart/encrypted") && parameter(type, "protocol").equals(PGP);
    }

    private static String parameter(ContentType type, String name) {
        String value = type.getParameter(name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }
}
