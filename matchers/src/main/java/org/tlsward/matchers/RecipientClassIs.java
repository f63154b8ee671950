/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.inject.Inject;
import java.util.Collection;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.Ward;

/**
 * Matches the recipients that belong to one of the classes, by themselves or through an alias.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.RecipientClassIs=medical" class="..."/&gt;
 * </code></pre>
 *
 * Where the class of a recipient cannot be found out (a directory is down and nothing is remembered), and on any inner error, a protected
 * class matches and an unprotected one does not. Never throws after the start: {@code onMatchException="nomatch"} has no effect on it.
 */
public class RecipientClassIs extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecipientClassIs.class);

    private final Ward ward;
    private final AddressClasses classes;
    private ClassNames wanted;

    /** Guice calls this. */
    @Inject
    public RecipientClassIs(Ward ward, AddressClasses classes) {
        this.ward = ward;
        this.classes = classes;
    }

    @Override
    public void init() throws MessagingException {
        wanted = ClassNames.parse(
                "RecipientClassIs",
                getCondition(),
                ward.current().configuration().rules().keySet());
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return mail.getRecipients().stream().filter(this::matches).toList();
    }

    private boolean matches(MailAddress recipient) {
        try {
            AddressClasses.Answer answer = classes.ofRecipient(recipient);
            return wanted.names().stream().anyMatch(answer::isOrMayBe);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("the class of recipient {} cannot be found out", recipient.asString(), e);
            return wanted.names().stream().anyMatch(ward::isProtected);
        }
    }
}
