/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.SessionTls;

class SmtpSessionTlsTest {
    @Test
    void aSessionWithoutTlsShouldBeCleartext() {
        assertThat(SmtpSessionTls.of(new FakeSession())).isEmpty();
    }

    @Test
    void aFinishedHandshakeShouldCount() {
        assertThat(SmtpSessionTls.of(new FakeSession().withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256")))
                .contains(new SessionTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty()));
    }

    /** From the moment that the server answers STARTTLS James says that TLS is started: what was sent behind it is cleartext. */
    @Test
    void aHandshakeThatIsNotOverShouldBeCleartext() {
        FakeSession session = new FakeSession().withTls("NONE", "SSL_NULL_WITH_NULL_NULL");
        assertThat(session.isTLSStarted()).isTrue();
        assertThat(SmtpSessionTls.of(session)).isEmpty();
        assertThat(SmtpSessionTls.of(new FakeSession().withTls("TLSv1.3", "SSL_NULL_WITH_NULL_NULL")))
                .isEmpty();
    }
}
