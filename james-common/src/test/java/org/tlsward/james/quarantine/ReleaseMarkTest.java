/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.james.quarantine.KeptMailSamples.SOURCE;
import static org.tlsward.james.quarantine.KeptMailSamples.mail;
import static org.tlsward.james.quarantine.KeptMailSamples.message;

import java.time.Instant;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.TlsLevel;

/** An override is for one message and its recipients. */
class ReleaseMarkTest {
    private static final AttributeName NAME = AttributeName.of("tlsward.release");

    private MailImpl mail;
    private MailAddress recipient;

    @BeforeEach
    void release() throws Exception {
        mail = mail("mail", "arzt@Partner.example");
        recipient = new MailAddress("arzt@partner.example");
        ReleaseMark.write(
                mail, "anna, confirmed by boris", new PendingOverride("anna", Instant.EPOCH, "theatre", TlsLevel.MAY));
    }

    @Test
    void markShouldCountForItsMail() throws Exception {
        assertThat(ReleaseMark.of(mail, recipient)).hasValueSatisfying(override -> {
            assertThat(override.by()).isEqualTo("anna, confirmed by boris");
            assertThat(override.level()).isEqualTo(TlsLevel.MAY);
            assertThat(override.reason()).isEqualTo("theatre");
            assertThat(override.publishedIgnored()).isFalse();
        });
    }

    @Test
    void otherRecipientsShouldNotHaveIt() throws Exception {
        assertThat(ReleaseMark.of(mail, new MailAddress("other@partner.example")))
                .isEmpty();
        assertThat(ReleaseMark.of(mail, new MailAddress("Arzt@partner.example")))
                .isEmpty();
    }

    @Test
    void anotherMessageShouldNotHaveIt() throws Exception {
        for (String other : new String[] {
            SOURCE.replace("<7@", "<8@"),
            SOURCE.replace("patient 7", "patient 8"),
            SOURCE.replace("From: c", "From: x"),
            "Subject: a second one\r\n" + SOURCE
        }) {
            mail.setMessage(message(other));
            assertThat(ReleaseMark.of(mail, recipient)).as(other).isEmpty();
        }
    }

    @Test
    void headerShouldSayNothing() throws Exception {
        String value = (String) mail.getAttribute(NAME).orElseThrow().getValue().value();
        mail.removeAttribute(NAME);
        mail.getMessage().addHeader("tlsward.release", value);
        mail.getMessage().addHeader("X-TLSWard-Release", value);

        assertThat(ReleaseMark.of(mail, recipient)).isEmpty();
    }

    @Test
    void markThatNobodyOfOursWroteShouldNotCount() throws Exception {
        String value = (String) mail.getAttribute(NAME).orElseThrow().getValue().value();
        for (String wrong : new String[] {
            "",
            "v1 ",
            "v1 []",
            "v2" + value.substring(2),
            value.replace("\"may\"", "\"none\""),
            value.replace("\"may\"", "\"x\"")
        }) {
            mail.setAttribute(new Attribute(NAME, AttributeValue.of(wrong)));
            assertThat(ReleaseMark.of(mail, recipient)).as(wrong).isEmpty();
        }
    }
}
