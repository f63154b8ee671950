/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.List;
import java.util.function.Predicate;
import javax.mail.MessagingException;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.tlsward.explain.DsnKind;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
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
 * It also tells those who asked for it (NOTIFY=SUCCESS) that their mail was passed on to a server that will not say so itself (RFC 3464:
 * {@code relayed}).
 *
 * <p>Languages as in {@link BounceWithheld}. The copy ends here.
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
        if (!mail.getMaybeSender().isNullSender()) {
            // RFC 3461 §4.1: who did not say DELAY, and said something else, does not want it.
            tell(mail, DsnKind.DELAYED, note -> note.fate() == Fate.DELAYED && wants(mail, note, Notify.DELAY, true));
            tell(
                    mail,
                    DsnKind.RELAYED,
                    note -> note.fate() == Fate.RELAYED && wants(mail, note, Notify.SUCCESS, false));
        }
        mail.setState(Mail.GHOST);
    }

    private void tell(Mail mail, DsnKind kind, Predicate<RecipientNote> wanted) throws MessagingException {
        List<RecipientNote> notes =
                RecipientNotes.get(mail).stream().filter(wanted).toList();
        if (!notes.isEmpty()) {
            notices.send(mail, kind, notes);
        }
    }

    private static boolean wants(Mail mail, RecipientNote note, Notify what, boolean otherwise) {
        return BounceWithheld.notify(mail, note).map(set -> set.contains(what)).orElse(otherwise);
    }
}
