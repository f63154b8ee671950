/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndToEndEncryptedTest {
    private static Collection<MailAddress> match(String... types) throws MessagingException {
        EndToEndEncrypted matcher = matcher("");
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        for (String type : types) {
            message.addHeader("Content-Type", type);
        }
        return matcher.match(FakeMail.builder()
                .name("mail")
                .recipient("arzt@fern.example")
                .mimeMessage(message)
                .build());
    }

    private static EndToEndEncrypted matcher(String condition) throws MessagingException {
        EndToEndEncrypted matcher = new EndToEndEncrypted();
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("EndToEndEncrypted")
                .condition(condition)
                .build());
        return matcher;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
                "Application/PKCS7-MIME; SMIME-TYPE=\"authEnveloped-data\"",
                "application/x-pkcs7-mime; name=\"smime.p7m\"; smime-type=enveloped-data",
                "multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=x",
                "MULTIPART/ENCRYPTED; boundary=x; PROTOCOL=\"Application/PGP-Encrypted\""
            })
    void whatOnlyTheRecipientCanReadShouldMatch(String type) throws Exception {
        assertThat(match(type)).containsExactly(new MailAddress("arzt@fern.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pkcs7-mime; smime-type=signed-data", // signed only
                "application/pkcs7-mime; smime-type=compressed-data",
                "application/pkcs7-mime; name=smime.p7m", // may be signed only
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=x",
                "multipart/signed; protocol=\"application/pgp-signature\"; boundary=x",
                "multipart/encrypted; boundary=x", // by nobody knows what
                "multipart/mixed; protocol=\"application/pgp-encrypted\"; boundary=x",
                "text/plain; smime-type=enveloped-data",
                "application/pkcs7-mime; smime-type=",
                "nonsense",
                ""
            })
    void whatOthersCanReadShouldNotMatch(String type) throws Exception {
        assertThat(match(type)).isEmpty();
    }

    @Test
    void noTypeOrTwoShouldNotMatch() throws Exception {
        assertThat(match()).isEmpty();
        assertThat(match("application/pkcs7-mime; smime-type=enveloped-data", "text/plain"))
                .isEmpty();
    }

    @Test
    void aMailWithoutAMessageShouldNotMatch() throws Exception {
        assertThat(matcher(null)
                        .match(FakeMail.builder()
                                .name("mail")
                                .recipient("arzt@fern.example")
                                .build()))
                .isEmpty();
    }

    @Test
    void aConditionShouldStopTheStart() {
        assertThatThrownBy(() -> matcher("pgp"))
                .hasMessageContaining("unsupported condition \"pgp\" (expected: nothing)");
    }
}
