/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Locale;
import org.tlsward.smtp.Extensions;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.ReplyLimits;
import org.tlsward.smtp.StrangersReplies;

/** What a server may answer to EHLO. */
class ExtensionsFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void extensionsShouldBeReadFromEveryReply(byte[] octets) throws IOException {
        for (Reply reply : StrangersReplies.read(octets, ReplyLimits.DEFAULT)) {
            Extensions extensions = StrangersReplies.extensions(reply);
            assertThat(extensions.parameters().keySet()).allSatisfy(keyword -> assertThat(keyword)
                    .isEqualTo(keyword.toUpperCase(Locale.ROOT))
                    .doesNotContain(" ", "="));
            extensions.largestMessage().ifPresent(size -> assertThat(size).isPositive());
            extensions.mostRecipients().ifPresent(count -> assertThat(count).isPositive());
            if (reply.lines().size() == 1) {
                assertThat(extensions).isEqualTo(Extensions.NONE);
            }
            assertThat(extensions.startTls()).isEqualTo(extensions.has("STARTTLS"));
        }
    }
}
