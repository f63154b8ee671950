/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.junit.jupiter.api.Test;

class CleartextAuthGuardTest {
    /** What smtpserver.xml says of AUTH, as SMTPServer of James answers it. */
    private record Setting(String announce, boolean requireSsl) {
        boolean isAnnounced(String address, boolean tls) {
            return (tls || !requireSsl)
                    && (announce.equals("always")
                            || (announce.equals("forUnauthorizedAddresses") && !address.equals("192.0.2.7")));
        }
    }

    private static Response answer(Setting setting, FakeSession session) {
        return new CleartextAuthGuard().onCommand(session.withConfiguration(configuration(setting)), null);
    }

    private static SMTPConfiguration configuration(Setting setting) {
        return new SMTPConfigurationImpl() {
            @Override
            public boolean isAuthAnnounced(String address, boolean tls) {
                return setting.isAnnounced(address, tls);
            }
        };
    }

    @Test
    void cleartextShouldBeRefusedWhereTlsIsRequired() {
        assertThat(answer(new Setting("always", true), new FakeSession()).getRetCode())
                .isEqualTo("538");
        assertThat(answer(new Setting("forUnauthorizedAddresses", true), new FakeSession())
                        .getRetCode())
                .isEqualTo("538");
    }

    /** A server that takes mail from others announces nothing, and stock James would take a password there all the same. */
    @Test
    void cleartextShouldBeRefusedWhereNothingIsAnnounced() {
        assertThat(answer(new Setting("never", true), new FakeSession()).getRetCode())
                .isEqualTo("538");
        assertThat(answer(new Setting("never", false), new FakeSession()).getRetCode())
                .isEqualTo("538");
    }

    @Test
    void cleartextShouldPassWhereTheAdminWantsIt() {
        assertThat(answer(new Setting("always", false), new FakeSession())).isNull();
        assertThat(answer(new Setting("forUnauthorizedAddresses", false), new FakeSession()))
                .isNull();
    }

    @Test
    void tlsShouldPass() {
        assertThat(answer(new Setting("always", true), new FakeSession().withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256")))
                .isNull();
    }
}
