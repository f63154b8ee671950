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
import org.tlsward.james.DestinationMemory;

/**
 * Matches the recipients whose servers had no TLS when mail was last delivered to their domain, within a day. For hints, such as a notice to
 * the sender before the mail is queued.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.CleartextBound" class="..."/&gt;
 * </code></pre>
 *
 * Answers at once from what recent attempts learned, asks no DNS and no server, and says no when nothing is known. It protects nothing:
 * whether a mail may travel is decided by the delivery. Never throws after the start.
 */
public class CleartextBound extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(CleartextBound.class);

    private final DestinationMemory memory;

    /** Guice calls this. */
    @Inject
    public CleartextBound(DestinationMemory memory) {
        this.memory = memory;
    }

    @Override
    public void init() throws MessagingException {
        if (getCondition() != null && !getCondition().isBlank()) {
            throw new MessagingException("mailetcontainer.xml: CleartextBound: unsupported condition \""
                    + getCondition() + "\" (expected: nothing)");
        }
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return mail.getRecipients().stream().filter(this::wentInCleartext).toList();
    }

    private boolean wentInCleartext(MailAddress recipient) {
        try {
            return memory.about(recipient.getDomain().asString())
                    .filter(seen -> seen == DestinationMemory.Seen.CLEARTEXT)
                    .isPresent();
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("nothing can be said about the way to {}", recipient.asString(), e);
            return false;
        }
    }
}
