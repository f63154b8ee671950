/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.util.Optional;
import javax.mail.MessagingException;
import org.tlsward.policy.SessionTls;

/**
 * Matches mail that did not come over TLS, or of which nobody knows how it came: exactly what {@link ReceivedOverTls} without a condition
 * does not match.
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.ReceivedInCleartext" class="..."/&gt;
 * </code></pre>
 */
public class ReceivedInCleartext extends SessionMatcher {
    @Override
    public void init() throws MessagingException {
        if (getCondition() != null && !getCondition().isBlank()) {
            throw new MessagingException("mailetcontainer.xml: ReceivedInCleartext: unsupported condition \""
                    + getCondition() + "\" (expected: nothing)");
        }
    }

    @Override
    boolean matches(Optional<SessionTls> session) {
        return session.isEmpty();
    }
}
