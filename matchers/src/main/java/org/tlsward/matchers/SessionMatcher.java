/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.SessionAttribute;
import org.tlsward.policy.SessionTls;

/**
 * Matches all recipients or none, by the TLS of the session that brought the mail. A mail that did not come by SMTP through our hooks
 * (written by JMAP, a bounce of James' own) counts as received in cleartext: nothing proves otherwise.
 */
abstract class SessionMatcher extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionMatcher.class);

    /** @param session empty for cleartext */
    abstract boolean matches(Optional<SessionTls> session);

    @Override
    public final Collection<MailAddress> match(Mail mail) {
        Optional<SessionTls> session = Optional.empty();
        try {
            session = SessionAttribute.get(mail);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("how {} was received cannot be read, which counts as cleartext", mail.getName(), e);
        }
        return matches(session) ? mail.getRecipients() : List.of();
    }
}
