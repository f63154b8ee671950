/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.base.Splitter;
import com.google.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.evidence.EvidenceHops;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.hops.HopAudit;
import org.tlsward.hops.HopSummary;
import org.tlsward.hops.OwnHosts;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.outbound.HostName;
import org.tlsward.policy.InboundMinimum;

/**
 * Writes down how a mail says it came to us, hop by hop: in its header, for whoever reads it, and in the evidence (a line of the type
 * {@code hops} for each recipient). It stands in {@code root}, where the topmost {@code Received} line is our own.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.RecordHops"&gt;
 *   &lt;minimum&gt;TLSv1.2&lt;/minimum&gt;
 *   &lt;server&gt;mail.klinik.example&lt;/server&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>{@code minimum}: what each hop should have had: {@code any}, {@code TLSv1.2} (default) or {@code TLSv1.3}.
 *   <li>{@code server}: names of our own servers as they stand after {@code by}, separated by commas: {@code helloName} of
 *       {@code smtpserver.xml}; default the name of this machine. The topmost such line is {@code ours}.
 * </ul>
 *
 * <p>The header is {@code X-TLSWard-Hops: verdict=below; minimum=TLSv1.2; ours=TLSv1.3 external met; claim=plain internal below}. What is a
 * {@code claim} may be invented by whoever had the mail before us. Networks of ours are labelled, not excused. A header of that name that
 * came with the mail is taken away first. Never throws after the start.
 */
public class RecordHops extends GenericMailet {
    /** The header. */
    static final String HEADER = "X-TLSWard-Hops";

    private static final Logger LOGGER = LoggerFactory.getLogger(RecordHops.class);

    private final Ward ward;
    private final WardEvidence evidence;
    private final Clock clock;
    private InboundMinimum minimum = InboundMinimum.TLS_1_2;
    private Set<String> names = Set.of();

    /** Guice calls this. */
    @Inject
    public RecordHops(Ward ward, WardEvidence evidence) {
        this(ward, evidence, Clock.systemUTC());
    }

    RecordHops(Ward ward, WardEvidence evidence, Clock clock) {
        this.ward = ward;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(getMailetConfig(), Set.of("minimum", "server"));
        String word = NoticeParameters.text(getMailetConfig(), "minimum").orElse(InboundMinimum.TLS_1_2.word());
        minimum = InboundMinimum.of(word)
                .filter(found -> found != InboundMinimum.NONE)
                .orElseThrow(() ->
                        NoticeParameters.unsupported(getMailetConfig(), "minimum", word, "any, TLSv1.2, TLSv1.3"));
        names = new HashSet<>(Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .splitToList(NoticeParameters.text(getMailetConfig(), "server").orElseGet(HostName::ofThisMachine)));
    }

    @Override
    public void service(Mail mail) {
        try {
            MimeMessage message = mail.getMessage();
            message.removeHeader(HEADER);
            HopSummary hops = HopSummary.of(HopAudit.of(
                    Optional.ofNullable(message.getHeader("Received"))
                            .map(List::of)
                            .orElse(List.of()),
                    new OwnHosts(ward.current().configuration().internalNetworks(), names),
                    minimum));
            message.addHeader(HEADER, hops.headerBody());
            Instant now = clock.instant();
            Optional<String> messageId = Optional.ofNullable(message.getMessageID());
            evidence.note(mail.getRecipients().stream()
                    .map(recipient -> new EvidenceHops(now, identity(mail, messageId, recipient), hops))
                    .toList());
        } catch (MessagingException | RuntimeException | LinkageError e) {
            LOGGER.error("the hops of {} cannot be recorded", mail.getName(), e);
        }
    }

    private static MailIdentity identity(Mail mail, Optional<String> messageId, MailAddress recipient) {
        return new MailIdentity(
                mail.getName(),
                messageId,
                mail.getMaybeSender().asOptional().map(MailAddress::asString).orElse(""),
                recipient.asString());
    }
}
