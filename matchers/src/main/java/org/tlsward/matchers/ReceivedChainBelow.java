/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.hops.HopAudit;
import org.tlsward.hops.HopVerdict;
import org.tlsward.hops.OwnHosts;
import org.tlsward.policy.InboundMinimum;

/**
 * Matches mail that, as its {@code Received} lines tell, came over cleartext or a TLS that is too old on one of its hops, from its author
 * to us.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.ReceivedChainBelow=TLSv1.2" class="..."/&gt;
 * &lt;mailet match="org.tlsward.matchers.ReceivedChainBelow=any,unknown=ignore" class="..."/&gt;
 * </code></pre>
 *
 * <p>A hop of which nothing is known matches too, as does a mail without such lines: a matcher that keeps mail back must not be passed by
 * saying less. Much mail has such hops (the first one of Gmail, of Exchange, of whoever wrote it on a server), so with
 * {@code unknown=ignore} only what is known to be less matches. Hops inside of networks count as all others.
 *
 * <p>It warns and protects nothing: every line but our own may be invented, and stock James 3.8 (without {@code ReceivedTlsFilter}) writes
 * its own as if all sessions were cleartext. Never throws after the start; what cannot be read matches.
 */
public class ReceivedChainBelow extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReceivedChainBelow.class);
    private static final String IGNORE = "unknown=ignore";

    /** Labels do not change the verdict. */
    private static final OwnHosts NOBODY = new OwnHosts(List.of(), Set.of());

    private InboundMinimum minimum = InboundMinimum.TLS_1_3;
    private HopVerdict least = HopVerdict.UNKNOWN;

    @Override
    public void init() throws MessagingException {
        String condition = getCondition() == null ? "" : getCondition();
        int comma = condition.indexOf(',');
        String word = comma < 0 ? condition : condition.substring(0, comma);
        minimum = InboundMinimum.of(word.strip())
                .filter(found -> found != InboundMinimum.NONE)
                .orElseThrow(() -> unsupported(condition));
        if (comma >= 0) {
            String option = condition.substring(comma + 1).strip().toLowerCase(Locale.ROOT);
            if (!option.equals(IGNORE)) {
                throw unsupported(condition);
            }
            least = HopVerdict.BELOW;
        }
    }

    private static MessagingException unsupported(String condition) {
        return new MessagingException("mailetcontainer.xml: ReceivedChainBelow: unsupported condition \"" + condition
                + "\" (expected: any, TLSv1.2 or TLSv1.3, perhaps followed by ," + IGNORE + ")");
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return isBelow(mail) ? mail.getRecipients() : List.of();
    }

    private boolean isBelow(Mail mail) {
        try {
            List<String> bodies = Optional.ofNullable(mail.getMessage().getHeader("Received"))
                    .map(List::of)
                    .orElse(List.of());
            return HopAudit.of(bodies, NOBODY, minimum).verdict().compareTo(least) >= 0;
        } catch (MessagingException | RuntimeException | LinkageError e) {
            LOGGER.error("the hops of {} cannot be read, which counts as cleartext", mail.getName(), e);
            return true;
        }
    }
}
