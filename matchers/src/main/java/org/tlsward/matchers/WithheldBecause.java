/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.common.base.Splitter;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.WardAttributes;
import org.tlsward.policy.Reason;

/**
 * Matches mail that was withheld for one of these reasons, for the {@code withheldProcessor} of {@code TlsRemoteDelivery}.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.WithheldBecause=certificate-expired,certificate-untrusted" class="..."/&gt;
 * </code></pre>
 *
 * The words are those of notices and evidence; an unknown one stops the start. Mail that was not withheld never matches. Never throws after
 * the start.
 */
public class WithheldBecause extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(WithheldBecause.class);

    private Set<Reason> wanted = Set.of();

    @Override
    public void init() throws MessagingException {
        String condition = getCondition() == null ? "" : getCondition();
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (String word : Splitter.on(',').trimResults().omitEmptyStrings().split(condition)) {
            reasons.add(Reason.of(word).orElseThrow(() -> unsupported(word)));
        }
        if (reasons.isEmpty()) {
            throw unsupported("");
        }
        wanted = reasons;
    }

    private static MessagingException unsupported(String word) {
        return new MessagingException("mailetcontainer.xml: WithheldBecause: unsupported reason \"" + word
                + "\" (expected: one or more of "
                + Arrays.stream(Reason.values()).map(Reason::word).collect(Collectors.joining(", ")) + ")");
    }

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return reason(mail).filter(wanted::contains).isPresent() ? mail.getRecipients() : List.of();
    }

    private static Optional<Reason> reason(Mail mail) {
        try {
            return AttributeUtils.getValueAndCastFromMail(mail, WardAttributes.WITHHELD_REASON, String.class)
                    .flatMap(Reason::of);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("why {} was withheld cannot be read", mail.getName(), e);
            return Optional.empty();
        }
    }
}
