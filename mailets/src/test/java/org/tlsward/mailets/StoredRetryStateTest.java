/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;

/** How far a mail had come when an earlier release queued it. */
class StoredRetryStateTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** As release 0.1 wrote it. */
    private static final String OF_0_1 = "v1 2026-11-22T12:00:00Z 3 true REQUIREMENT Mail1-2";

    private static RetryState read(String text) throws Exception {
        FakeMail mail = FakeMail.builder().name("Mail1-2-retry-3-abc").build();
        mail.setAttribute(new Attribute(AttributeName.of("tlsward.retry"), AttributeValue.of(text)));
        return RetryState.of(mail, NOON);
    }

    @Test
    void stateShouldBeRead() throws Exception {
        RetryState state = read(OF_0_1);

        assertThat(state.start()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(state.tries()).isEqualTo(3);
        assertThat(state.warned()).isTrue();
        assertThat(state.base()).isEqualTo("Mail1-2");
        assertThat(state.earlier()).isPresent();
    }

    /** It is tried longer, never given up too early. */
    @Test
    void stateOfANewerVersionShouldBeginAnew() throws Exception {
        RetryState state = read(OF_0_1.replaceFirst("v1", "v2"));

        assertThat(state.start()).isEqualTo(NOON);
        assertThat(state.tries()).isZero();
    }
}
