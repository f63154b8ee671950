/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
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
public class SenderClassIs extends ClassMatcher {
    private final AddressClasses classes;

    /** Guice calls this. */
    @Inject
    public SenderClassIs(Ward ward, AddressClasses classes) {
        super(ward);
        this.classes = classes;
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        boolean matches = mail.getMaybeSender()
                .asOptional()
                .filter(sender -> matches(sender, classes::ofSender))
                .isPresent();
        return matches ? mail.getRecipients() : List.of();
    }
}
