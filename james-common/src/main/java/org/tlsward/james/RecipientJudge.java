/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.tlsward.classes.Membership;
import org.tlsward.james.AddressClasses.Answer;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundGate.Verdict;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.SessionTls;

/** Judges inbound recipients by the configuration in force at that moment. */
@Singleton
public class RecipientJudge {
    private final AddressClasses classes;
    private final EmergencyStops stops;

    /** Guice calls this. */
    @Inject
    public RecipientJudge(AddressClasses classes, EmergencyStops stops) {
        this.classes = classes;
        this.stops = stops;
    }

    /**
     * What was decided, and about whom.
     *
     * @param classes that the recipient certainly belongs to
     * @param verdict what to do
     */
    public record Ruling(Collection<ClassRule> classes, Verdict verdict) {
        /** Copies its arguments. */
        public Ruling {
            classes = List.copyOf(classes);
        }

        /** True if a class demands or observes something, or may: then the decision is evidence. */
        public boolean isOfConcern() {
            return !(verdict instanceof InboundGate.Accept)
                    || classes.stream()
                            .map(ClassRule::inbound)
                            .anyMatch(rule -> rule.minimum() != InboundMinimum.NONE
                                    || rule.observe().isPresent());
        }
    }

    /**
     * Whether mail for {@code recipient} may be taken from this session.
     *
     * @param session the TLS of the session, empty for cleartext
     * @param client the address of the client
     */
    public Ruling judge(MailAddress recipient, Optional<SessionTls> session, InetAddress client) {
        Answer answer = classes.ofRecipient(recipient);
        boolean known = answer.membership() instanceof Membership.Known;
        Collection<ClassRule> possible = known ? answer.rules() : answer.everyRule();
        Verdict verdict = InboundGate.stopped(possible, stops.inForce())
                .orElseGet(() -> known
                        ? InboundGate.judge(possible, session, client)
                        : InboundGate.judgeUnknown(possible, session, client));
        return new Ruling(answer.rules(), verdict);
    }

    /**
     * True for whom nothing is ever refused.
     *
     * @param ours whether the domain is one of ours
     */
    public boolean isExempt(MailAddress recipient, boolean ours) {
        String localPart = recipient.getLocalPart().toLowerCase(Locale.ROOT);
        boolean role = localPart.equals("postmaster") || localPart.equals("abuse"); // RFC 5321 §4.5.1, RFC 2142
        return (role && ours) || isReportAddress(recipient);
    }

    /** True for the address to which TLS reports go: reports about broken TLS must arrive over broken TLS (RFC 8460 §5.3). */
    public boolean isReportAddress(MailAddress recipient) {
        return classes.isReportAddress(recipient);
    }
}
