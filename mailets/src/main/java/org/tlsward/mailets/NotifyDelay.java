/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.List;
import javax.mail.MessagingException;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.tlsward.explain.DsnKind;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNotes;

/**
 * Tells the sender once that a mail waits, why, and until when it is tried (RFC 3464: {@code delayed}, {@code Will-Retry-Until}). For the
 * {@code delayedProcessor} of {@link TlsRemoteDelivery}, which sends a copy there after the {@code warnAfter} of the class.
 *
 * <pre><code>
 * &lt;processor state="tls-delayed"&gt;
 *   &lt;mailet match="All" class="org.tlsward.mailets.NotifyDelay"/&gt;
 * &lt;/processor&gt;
 * </code></pre>
 *
 * Languages as in {@link BounceWithheld}. The copy ends here.
 */
public class NotifyDelay extends GenericMailet {
    private SenderNotices notices;

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(getMailetConfig(), NoticeParameters.LANGUAGE);
        notices = new SenderNotices(getMailetContext(), NoticeParameters.languages(getMailetConfig()));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        List<RecipientNote> wanted = RecipientNotes.get(mail).stream()
                // RFC 3461 §4.1: who did not say DELAY, and said something else, does not want it.
                .filter(note -> BounceWithheld.notify(mail, note)
                        .map(set -> set.contains(Notify.DELAY))
                        .orElse(true))
                .toList();
        if (!wanted.isEmpty() && !mail.getMaybeSender().isNullSender()) {
            notices.send(mail, DsnKind.DELAYED, wanted);
        }
        mail.setState(Mail.GHOST);
    }
}
