/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedChainBelowTest {
    private enum Line {
        MODERN(
                "from a ([192.0.2.7]) (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256)\r\n by b (JAMES) with ESMTPS id 1"),
        OLD("from a (a [192.0.2.7]) by b with ESMTPS id 1 (version=TLS1_1 cipher=AES128-SHA)"),
        SOME("from a (a [192.0.2.7]) by b with ESMTPS id 1"),
        PLAIN("from a (a [10.0.0.7]) by b with ESMTP id 1"),
        NOTHING("by b with local id 1");

        private final String body;

        Line(String body) {
            this.body = body;
        }
    }

    private static Collection<MailAddress> match(String condition, Line... lines) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        for (int at = lines.length - 1; at >= 0; at--) {
            message.addHeader("Received", lines[at].body); // each stands above the ones before
        }
        return matcher(condition)
                .match(FakeMail.builder()
                        .name("mail")
                        .recipients("arzt@klinik.example", "buero@klinik.example")
                        .mimeMessage(message)
                        .build());
    }

    private static ReceivedChainBelow matcher(String condition) throws MessagingException {
        ReceivedChainBelow matcher = new ReceivedChainBelow();
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("ReceivedChainBelow")
                .condition(condition)
                .build());
        return matcher;
    }

    @ParameterizedTest
    @CsvSource({
        "'TLSv1.2', MODERN MODERN, false",
        "'TLSv1.2', MODERN OLD, true",
        "'TLSv1.2', MODERN PLAIN MODERN, true",
        "'TLSv1.2', MODERN SOME, true",
        "'TLSv1.2', MODERN NOTHING, true",
        "'TLSv1.2,unknown=ignore', MODERN SOME NOTHING, false",
        "' tlsv1.2 , UNKNOWN=IGNORE ', MODERN PLAIN NOTHING, true",
        "'TLSv1.2,unknown=ignore', OLD, true",
        "'any', MODERN OLD SOME, false",
        "'any', PLAIN, true",
        "'any', NOTHING, true",
        "'TLSv1.3', MODERN, false",
        "'TLSv1.3', OLD, true"
    })
    void worstHopShouldDecide(String condition, String lines, boolean matches) throws Exception {
        Line[] chain = Arrays.stream(lines.split(" ", -1))
                .map(name -> Line.valueOf(name.toUpperCase(Locale.ROOT)))
                .toArray(Line[]::new);

        assertThat(match(condition, chain)).hasSize(matches ? 2 : 0);
    }

    @Test
    void mailWithoutLinesShouldMatchUnlessUnknownIsIgnored() throws Exception {
        assertThat(match("any")).hasSize(2);
        assertThat(match("any,unknown=ignore")).isEmpty();
    }

    /** An inner error: there is no message to look at. */
    @Test
    void mailThatCannotBeReadShouldMatch() throws Exception {
        FakeMail mail =
                FakeMail.builder().name("mail").recipient("arzt@klinik.example").build();

        assertThat(matcher("any,unknown=ignore").match(mail)).containsExactly(new MailAddress("arzt@klinik.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "TLSv1.1",
                "TLSv1.2,",
                "TLSv1.2,unknown=below",
                ",unknown=ignore",
                "TLSv1.2,unknown=ignore,x"
            })
    void otherConditionsShouldStopTheStart(String condition) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("unsupported condition \"" + condition + "\" (expected: any, TLSv1.2 or TLSv1.3");
    }
}
