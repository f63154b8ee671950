/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.SessionTls.ClientCertificate;

class SessionAttributeTest {
    private static final SessionTls PLAIN = new SessionTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty());
    private static final SessionTls WITH_CLIENT = new SessionTls(
            "TLSv1.2",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            Optional.of(new ClientCertificate("CN=mx fern.example,O=v1 cleartext", "ab".repeat(32))));

    @Test
    void whatIsWrittenShouldBeRead() throws Exception {
        for (SessionTls session : new SessionTls[] {PLAIN, WITH_CLIENT}) {
            FakeMail mail = mail();
            SessionAttribute.set(mail, Optional.of(session));
            assertThat(SessionAttribute.get(mail)).contains(session);
        }
    }

    @Test
    void cleartextShouldBeReadAsCleartextEvenIfJamesSaysOtherwise() throws Exception {
        FakeMail mail = mail();
        setStock(mail, "TLSv1.3");
        SessionAttribute.set(mail, Optional.empty());
        assertThat(SessionAttribute.get(mail)).isEmpty();
    }

    @Test
    void aMailWithoutTheAttributeShouldCountAsCleartext() throws Exception {
        assertThat(SessionAttribute.get(mail())).isEmpty();
    }

    @Test
    void attributesOfJames39ShouldBeReadWhereOursAreMissing() throws Exception {
        FakeMail mail = mail();
        setStock(mail, "TLSv1.3");
        assertThat(SessionAttribute.get(mail)).contains(PLAIN);
        setStock(mail, "NONE");
        assertThat(SessionAttribute.get(mail)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "v1", "v1 ", "v1 TLSv1.3", "v1 TLSv1.3 A digestWithoutSubject", "v2 TLSv1.3 A", "TLSv1.3 A"})
    void whatCannotBeReadShouldCountAsCleartext(String text) {
        assertThat(SessionAttribute.parse(text)).isEmpty();
    }

    private static void setStock(FakeMail mail, String protocol) {
        mail.setAttribute(
                new Attribute(AttributeName.of("org.apache.james.ssl.protocol"), AttributeValue.of(protocol)));
        mail.setAttribute(new Attribute(
                AttributeName.of("org.apache.james.ssl.cipher"), AttributeValue.of("TLS_AES_128_GCM_SHA256")));
    }

    private static FakeMail mail() throws Exception {
        return FakeMail.builder().name("mail").build();
    }
}
