/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.util.Optional;
import javax.mail.MessagingException;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.TlsVersion;

/**
 * Matches mail that came over TLS, with a condition only over that version or a newer one. Needs the hook {@code SessionTlsRecorder}.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.ReceivedOverTls" class="..."/&gt;
 * &lt;mailet match="org.tlsward.matchers.ReceivedOverTls=TLSv1.2" class="..."/&gt;
 * </code></pre>
 */
public class ReceivedOverTls extends SessionMatcher {
    private Optional<TlsVersion> minimum = Optional.empty();

    @Override
    public void init() throws MessagingException {
        String condition = getCondition();
        if (condition == null || condition.isBlank()) {
            return;
        }
        minimum = TlsVersion.of(condition.strip()).filter(TlsVersion::usableAsMinimum);
        if (minimum.isEmpty()) {
            throw new MessagingException("mailetcontainer.xml: ReceivedOverTls: unsupported version \"" + condition
                    + "\" (expected: nothing, " + TlsVersion.minimumNames() + ")");
        }
    }

    @Override
    boolean matches(Optional<SessionTls> session) {
        return session.filter(tls -> minimum.map(tls::atLeast).orElse(true)).isPresent();
    }
}
