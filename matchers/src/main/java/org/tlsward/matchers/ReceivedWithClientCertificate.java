/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.mail.MessagingException;
import org.tlsward.policy.SessionTls;

/**
 * Matches mail whose client showed a certificate that James verified ({@code clientAuth} in {@code smtpserver.xml}), with a condition only
 * one of the certificates with these SHA-256 digests (hexadecimal, colons are ignored, separated by commas).
 *
 * <pre><code>
 * &lt;mailet match="org.tlsward.matchers.ReceivedWithClientCertificate" class="..."/&gt;
 * &lt;mailet match="org.tlsward.matchers.ReceivedWithClientCertificate=3f:a9:..." class="..."/&gt;
 * </code></pre>
 */
public class ReceivedWithClientCertificate extends SessionMatcher {
    private List<String> digests = List.of();

    @Override
    public void init() throws MessagingException {
        String condition = getCondition() == null ? "" : getCondition();
        digests = Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .splitToStream(condition)
                .map(digest -> digest.replace(":", "").toLowerCase(Locale.ROOT))
                .toList();
        for (String digest : digests) {
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new MessagingException("mailetcontainer.xml: ReceivedWithClientCertificate: unsupported digest \""
                        + digest + "\" (expected: the 64 hexadecimal digits of a SHA-256)");
            }
        }
    }

    @Override
    boolean matches(Optional<SessionTls> session) {
        return session.flatMap(SessionTls::client)
                .filter(client -> digests.isEmpty() || digests.contains(client.sha256()))
                .isPresent();
    }
}
