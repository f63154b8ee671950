/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.tlsward.james.SessionAttribute;

/**
 * Writes the TLS of the session onto the mail, as the attribute {@code tlsward.session}: protocol, cipher suite, and subject and SHA-256
 * of the client's certificate if it showed one. The matchers {@code ReceivedOverTls}, {@code ReceivedInCleartext} and
 * {@code ReceivedWithClientCertificate} read it. Part of {@link TlsWardHandlers}; alone:
 *
 * <pre><code>
 * &lt;handler class="org.tlsward.hooks.SessionTlsRecorder"/&gt;
 * </code></pre>
 */
public class SessionTlsRecorder implements JamesMessageHook {
    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        SessionAttribute.set(mail, SmtpSessionTls.of(session));
        return HookResult.DECLINED; // never OK: that would answer 250 without spooling the mail
    }
}
