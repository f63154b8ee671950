/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.classes.Membership;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.AddressClasses.Answer;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.RequireHeader;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/**
 * Marks a mail with what its delivery must have. A mark only raises. It stands in {@code root}, before aliases are rewritten, so that mail
 * for a medical address stays medical wherever it is forwarded to.
 *
 * <pre><code>
 * &lt;!-- what the class of the recipients demands --&gt;
 * &lt;mailet match="org.tlsward.matchers.RecipientClassIs=medical" class="org.tlsward.mailets.RequireTls"/&gt;
 *
 * &lt;!-- or a level, for example by a word in the subject --&gt;
 * &lt;mailet match="SubjectStartsWith=[sicher]" class="org.tlsward.mailets.RequireTls"&gt;
 *   &lt;level&gt;authenticated&lt;/level&gt;
 *   &lt;minimum&gt;TLSv1.3&lt;/minimum&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>{@code level}: {@code encrypt}, {@code verify}, {@code dane-only}, {@code authenticated} or {@code never}; without it the join of what
 *       the classes of the recipients demand, so match one class at a time.
 *   <li>{@code minimum}: {@code TLSv1.2} or {@code TLSv1.3}.
 * </ul>
 *
 * <p>The mark is the attribute {@code tlsward.requirement}, and the header {@code X-TLSWard-Require} for what makes a new mail of the old one,
 * as Sieve's redirect does; {@code TlsRemoteDelivery} takes the header away. Never throws after the start: what goes wrong makes the mail
 * unsatisfiable, so it is withheld and not sent unprotected.
 */
public class RequireTls extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(RequireTls.class);
    private static final Set<String> PARAMETERS = Set.of("level", "minimum", "onMailetException");

    private final AddressClasses classes;
    private Optional<Requirement> fixed = Optional.empty();
    private Requirement atLeast = Requirement.NOTHING;

    /** Guice calls this. */
    @Inject
    public RequireTls(AddressClasses classes) {
        this.classes = classes;
    }

    @Override
    public void init() throws MessagingException {
        for (Iterator<String> names = getInitParameterNames(); names.hasNext(); ) {
            String name = names.next();
            if (!PARAMETERS.contains(name)) {
                throw unsupported("parameter", name, "level, minimum");
            }
        }
        String minimum = getInitParameter("minimum", "");
        if (!minimum.isBlank()) {
            atLeast = Requirement.builder()
                    .minimum(TlsVersion.of(minimum.strip())
                            .filter(TlsVersion::usableAsMinimum)
                            .orElseThrow(() -> unsupported("minimum", minimum, TlsVersion.minimumNames())))
                    .build();
        }
        String level = getInitParameter("level", "");
        if (!level.isBlank()) {
            fixed = Optional.of(TlsLevel.of(level.strip())
                    .filter(known -> known != TlsLevel.SECURE && known != TlsLevel.FINGERPRINT)
                    .filter(known -> !known.requirement().isEmpty())
                    .map(TlsLevel::requirement)
                    .orElseThrow(
                            () -> unsupported("level", level, "encrypt, verify, dane-only, authenticated, never")));
        }
    }

    private static MessagingException unsupported(String what, String value, String expected) {
        return new MessagingException("mailetcontainer.xml: RequireTls: unsupported " + what + " \"" + value
                + "\" (expected: " + expected + ")");
    }

    @Override
    public void service(Mail mail) {
        try {
            mark(mail, fixed.orElseGet(() -> demandOfClasses(mail)).join(atLeast));
        } catch (Exception | LinkageError e) {
            LOGGER.error("{} cannot be marked, so nothing is good enough for it", mail.getName(), e);
            WardAttributes.setRequirement(mail, Requirement.UNSATISFIABLE);
        }
    }

    private Requirement demandOfClasses(Mail mail) {
        Requirement demand = Requirement.NOTHING;
        Set<String> names = new TreeSet<>(WardAttributes.classes(mail));
        for (MailAddress recipient : mail.getRecipients()) {
            Answer answer = classes.ofRecipient(recipient);
            var rules = answer.membership() instanceof Membership.Unknown ? answer.everyRule() : answer.rules();
            for (ClassRule rule : rules) {
                demand = demand.join(rule.outbound().required());
            }
            answer.rules().forEach(rule -> names.add(rule.name()));
        }
        if (!names.isEmpty()) {
            WardAttributes.setClasses(mail, names);
        }
        return demand;
    }

    private static void mark(Mail mail, Requirement demand) throws MessagingException {
        Requirement before =
                WardAttributes.requirement(mail).map(RequirementText::parse).orElse(Requirement.NOTHING);
        Requirement both = before.join(demand);
        if (both.isEmpty() && !asksForTls(mail)) {
            return;
        }
        if (!both.isEmpty()) {
            WardAttributes.setRequirement(mail, both);
        }
        Requirement said =
                asksForTls(mail) ? both.join(Requirement.builder().requireTls().build()) : both;
        MimeMessage message = mail.getMessage();
        String[] present = message.getHeader(RequireHeader.NAME);
        for (String value : RequireHeader.values(said)) {
            if (present == null || !Arrays.asList(present).contains(value)) {
                message.addHeader(RequireHeader.NAME, value);
            }
        }
    }

    private static boolean asksForTls(Mail mail) {
        return WardAttributes.senderWish(mail)
                .filter(wish -> wish == SenderWish.REQUIRED)
                .isPresent();
    }
}
