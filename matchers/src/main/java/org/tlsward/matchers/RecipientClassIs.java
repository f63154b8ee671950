/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.inject.Inject;
import java.util.Collection;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
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
public class RecipientClassIs extends ClassMatcher {
    private final AddressClasses classes;

    /** Guice calls this. */
    @Inject
    public RecipientClassIs(Ward ward, AddressClasses classes) {
        super(ward);
        this.classes = classes;
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return mail.getRecipients().stream()
                .filter(recipient -> matches(recipient, classes::ofRecipient))
                .toList();
    }
}
