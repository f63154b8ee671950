/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.ReplyLimits;
import org.tlsward.smtp.StrangersReplies;

/** What a server may answer, reply after reply. */
class ReplyFuzzTest {
    private static final ReplyLimits SMALL = new ReplyLimits(64, 4, 128);

    @FuzzTest(maxDuration = "60s")
    void readerShouldKeepToItsLimits(byte[] octets) throws IOException {
        for (Reply reply : StrangersReplies.read(octets, SMALL)) {
            assertThat(reply.code()).isBetween(200, 599);
            assertThat(reply.lines()).hasSizeBetween(1, SMALL.lines());
            assertThat(reply.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(SMALL.lineLength() - 4));
            assertThat(reply.toString()).doesNotContainPattern("\\p{Cntrl}");
            reply.enhancedCode().ifPresent(code -> assertThat(code.toString()).startsWith(reply.code() / 100 + "."));
        }
    }
}
