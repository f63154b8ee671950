/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.DestinationMemory.Seen;

class CleartextBoundTest {
    private final DestinationMemory memory = new DestinationMemory();

    private static CleartextBound matcher(DestinationMemory memory, String condition) throws MessagingException {
        CleartextBound matcher = new CleartextBound(memory);
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("CleartextBound")
                .condition(condition)
                .build());
        return matcher;
    }

    private static FakeMail mail() throws MessagingException {
        return FakeMail.builder()
                .name("mail")
                .recipients("arzt@fern.example", "arzt@nah.example", "arzt@neu.example")
                .build();
    }

    @Test
    void onlyRecipientsOfDomainsSeenInCleartextShouldMatch() throws Exception {
        memory.learn("fern.example", Seen.CLEARTEXT);
        memory.learn("nah.example", Seen.TLS);

        assertThat(matcher(memory, "").match(mail())).containsExactly(new MailAddress("arzt@fern.example"));
    }

    @Test
    void anInnerErrorShouldSayNo() throws Exception {
        DestinationMemory broken = new DestinationMemory() {
            @Override
            public java.util.Optional<Seen> about(String domain) {
                throw new IllegalStateException("broken on purpose");
            }
        };

        assertThat(matcher(broken, null).match(mail())).isEmpty();
    }

    @Test
    void aConditionShouldStopTheStart() {
        assertThatThrownBy(() -> matcher(memory, "fern.example"))
                .hasMessageContaining("unsupported condition \"fern.example\" (expected: nothing)");
    }
}
