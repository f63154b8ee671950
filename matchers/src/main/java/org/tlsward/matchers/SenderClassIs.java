/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.Ward;

/**
 * Matches all recipients of a mail whose envelope sender belongs to one of the classes. A null sender (a bounce) has no class and never
 * matches.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.SenderClassIs=medical" class="..."/&gt;
 * </code></pre>
 *
 * What cannot be found out counts as in {@link RecipientClassIs}.
 */
public class SenderClassIs extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(SenderClassIs.class);

    private final Ward ward;
    private final AddressClasses classes;
    private ClassNames wanted;

    /** Guice calls this. */
    @Inject
    public SenderClassIs(Ward ward, AddressClasses classes) {
        this.ward = ward;
        this.classes = classes;
    }

    @Override
    public void init() throws MessagingException {
        wanted = ClassNames.parse(
                "SenderClassIs",
                getCondition(),
                ward.current().configuration().rules().keySet());
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        boolean matches =
                mail.getMaybeSender().asOptional().filter(this::matches).isPresent();
        return matches ? mail.getRecipients() : List.of();
    }

    private boolean matches(MailAddress sender) {
        try {
            AddressClasses.Answer answer = classes.ofSender(sender);
            return wanted.names().stream().anyMatch(answer::isOrMayBe);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("the class of sender {} cannot be found out", sender.asString(), e);
            return wanted.names().stream().anyMatch(ward::isProtected);
        }
    }
}
