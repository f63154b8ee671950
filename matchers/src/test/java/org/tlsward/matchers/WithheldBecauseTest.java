/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.james.WardAttributes;

class WithheldBecauseTest {
    private static WithheldBecause matcher(String condition) throws MessagingException {
        WithheldBecause matcher = new WithheldBecause();
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("WithheldBecause")
                .condition(condition)
                .build());
        return matcher;
    }

    private static FakeMail mail() throws MessagingException {
        return FakeMail.builder().name("mail").recipient("arzt@fern.example").build();
    }

    private static FakeMail withheld(Object reason) throws MessagingException {
        FakeMail mail = mail();
        mail.setAttribute(new Attribute(WardAttributes.WITHHELD_REASON, AttributeValue.ofAny(reason)));
        return mail;
    }

    @Test
    void oneOfTheReasonsShouldMatchAllRecipients() throws Exception {
        WithheldBecause matcher = matcher(" tls-not-offered , Certificate-Expired");

        for (String reason : new String[] {"tls-not-offered", "certificate-expired"}) {
            FakeMail mail = withheld(reason);
            assertThat(matcher.match(mail)).containsExactlyElementsOf(mail.getRecipients());
        }
    }

    @Test
    void otherReasonsShouldNotMatch() throws Exception {
        WithheldBecause matcher = matcher("tls-not-offered");

        assertThat(matcher.match(withheld("certificate-expired"))).isEmpty();
        assertThat(matcher.match(withheld("nonsense"))).isEmpty();
        assertThat(matcher.match(withheld(7))).isEmpty();
        assertThat(matcher.match(mail())).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ",", "tls-not-offered,because", "tls-not-offered;certificate-expired"})
    void unknownWordsShouldStopTheStart(String condition) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("unsupported reason")
                .hasMessageContaining("expected: one or more of never-by-mail, ");
    }
}
