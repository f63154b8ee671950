/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.smtp.Envelope.ReturnContent;
import org.tlsward.smtp.EnvelopeRecipient.Notify;

class EnvelopePlanTest {
    private static final EnvelopeRecipient RICH = new EnvelopeRecipient(
            "b@two.example", Set.of(Notify.FAILURE, Notify.DELAY), Optional.of("rfc822;b+c=d@two.example"));
    private static final Envelope FULL = new Envelope(
            Optional.of("a@one.example"),
            List.of(RICH),
            Optional.of(ReturnContent.HDRS),
            Optional.of("QQ 314+159"),
            true);

    private static Extensions extensions(String... lines) {
        java.util.List<String> all = new java.util.ArrayList<>(List.of("peer.example"));
        all.addAll(List.of(lines));
        return Extensions.of(new Reply(250, all));
    }

    private static String mail(EnvelopePlan plan) {
        return plan.mail()
                .command()
                .orElse(plan.mail().refusal().map(Record::toString).orElse(""));
    }

    private static String rcpt(EnvelopePlan plan) {
        EnvelopePlan.Line line = plan.recipients().get(0);
        return line.command().orElse(line.refusal().map(Record::toString).orElse(""));
    }

    private static EnvelopePlan plan(String from, String to, Extensions extensions) {
        return EnvelopePlan.of(Envelope.of(from, List.of(to)), TestMessage.PLAIN, extensions);
    }

    @Test
    void planShouldUseEveryExtension() {
        TestMessage message = TestMessage.PLAIN.eightBit(Optional.empty()).utf8Header();
        EnvelopePlan plan =
                EnvelopePlan.of(FULL, message, extensions("SIZE 0", "8bitmime", "SMTPUTF8", "REQUIRETLS", "DSN"));
        assertThat(mail(plan))
                .isEqualTo("MAIL FROM:<a@one.example> SIZE=" + message.size()
                        + " BODY=8BITMIME SMTPUTF8 REQUIRETLS RET=HDRS ENVID=QQ+20314+2B159");
        assertThat(rcpt(plan))
                .isEqualTo("RCPT TO:<b@two.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b+2Bc+3Dd@two.example");
    }

    @Test
    void planShouldUseNoneThatIsNotListed() {
        EnvelopePlan plan = EnvelopePlan.of(FULL, TestMessage.PLAIN, Extensions.NONE);
        assertThat(mail(plan)).isEqualTo("MAIL FROM:<a@one.example>");
        assertThat(rcpt(plan)).isEqualTo("RCPT TO:<b@two.example>");
    }

    @Test
    void planShouldKeepTheNullSender() {
        assertThat(mail(plan("", "b@two.example", Extensions.NONE))).isEqualTo("MAIL FROM:<>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b@two.example> SIZE=1",
                "b@two.example\r\nDATA",
                "b\r\nRCPT TO:<c@two.example",
                "b c@two.example",
                "b@two.example ",
                "<b@two.example>",
                "b",
                "@two.example",
                "b@",
                "\"b@two.example",
                "\"b\" NOTIFY=NEVER\"@two.example",
                "b\u0000@two.example",
                "b@[127.0.0.1]>",
                "b@two.example\u0085",
                "b\u00a0c d@two.example",
            })
    void planShouldRefuseAddressesThatWouldBreakTheCommand(String address) {
        assertThat(rcpt(plan("a@one.example", address, Extensions.NONE))).contains("5.1.3");
        assertThat(mail(plan(address, "b@two.example", Extensions.NONE))).contains("5.1.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b@two.example",
                "\"b c\"@two.example",
                "\"b>\\\"c\"@two.example",
                "b+c=d!e@two.example",
                "b@[127.0.0.1]",
                "b@[IPv6:2001:db8::1]",
                ".b..c.@two.example",
            })
    void planShouldTakeEveryAddressThatFits(String address) {
        assertThat(rcpt(plan("a@one.example", address, Extensions.NONE))).isEqualTo("RCPT TO:<" + address + ">");
    }

    @Test
    void planShouldWriteTheDomainInALabels() {
        assertThat(rcpt(plan("a@one.example", "b@b\u00fccher.example", Extensions.NONE)))
                .isEqualTo("RCPT TO:<b@xn--bcher-kva.example>");
    }

    @Test
    void planShouldRefuseUtf8LocalPartsWithoutSmtpUtf8() {
        Extensions useless = extensions("SMTPUTF8");
        assertThat(rcpt(plan("a@one.example", "b\u00fc@two.example", Extensions.NONE)))
                .contains("5.6.7");
        assertThat(rcpt(plan("a@one.example", "b\u00fc@two.example", useless))).contains("5.6.7");
        assertThat(mail(plan("a\u00fc@one.example", "b@two.example", Extensions.NONE)))
                .contains("5.6.7");
    }

    @Test
    void planShouldAnnounceUtf8ForOneLocalPart() {
        EnvelopePlan plan = plan("a@one.example", "b\u00fc@two.example", extensions("8BITMIME", "SMTPUTF8"));
        assertThat(mail(plan)).isEqualTo("MAIL FROM:<a@one.example> BODY=8BITMIME SMTPUTF8");
        assertThat(rcpt(plan)).isEqualTo("RCPT TO:<b\u00fc@two.example>");
    }

    @Test
    void planShouldEncodeUtf8OriginalRecipients() {
        EnvelopeRecipient recipient =
                new EnvelopeRecipient("b@two.example", Set.of(), Optional.of("rfc822;\u00fc=x@two.example"));
        Envelope envelope = Envelope.of("", List.of("x@two.example")).withRecipients(List.of(recipient));
        assertThat(rcpt(EnvelopePlan.of(envelope, TestMessage.PLAIN, extensions("DSN"))))
                .isEqualTo("RCPT TO:<b@two.example> ORCPT=utf-8;\\x{FC}\\x{3D}x@two.example");
    }

    @Test
    void planShouldPreferTheSevenBitFormAtASevenBitServer() {
        TestMessage converted = TestMessage.of("converted");
        Envelope envelope = Envelope.of("a@one.example", List.of("b@two.example"));
        EnvelopePlan plan =
                EnvelopePlan.of(envelope, TestMessage.PLAIN.eightBit(Optional.of(converted)), Extensions.NONE);
        assertThat(plan.message()).isEqualTo(converted);
        EnvelopePlan eight =
                EnvelopePlan.of(envelope, TestMessage.PLAIN.eightBit(Optional.of(converted)), extensions("8BITMIME"));
        assertThat(eight.message()).isNotEqualTo(converted);
    }

    @Test
    void planShouldRefuseEightBitsThatCannotBeConverted() {
        EnvelopePlan plan = EnvelopePlan.of(
                Envelope.of("a@one.example", List.of("b@two.example")),
                TestMessage.PLAIN.eightBit(Optional.empty()),
                Extensions.NONE);
        assertThat(mail(plan)).contains("5.6.3");
    }

    @Test
    void planShouldRefuseWhatIsTooBig() {
        assertThat(mail(plan("a@one.example", "b@two.example", extensions("SIZE 20"))))
                .contains("5.3.4");
        assertThat(mail(plan("a@one.example", "b@two.example", extensions("SIZE 0"))))
                .contains("SIZE=");
        assertThat(mail(plan("a@one.example", "b@two.example", extensions("SIZE 99999999999999999999"))))
                .contains("SIZE=");
    }

    @Test
    void extensionsShouldReadOldAndNewForms() {
        assertThat(extensions("auth=LOGIN plain").authPlain()).isTrue();
        assertThat(extensions("AUTH LOGIN").authPlain()).isFalse();
        assertThat(extensions("LIMITS RCPTMAX=20 MAILMAX=5").mostRecipients()).hasValue(20);
        assertThat(extensions("LIMITS RCPTMAX=x").mostRecipients()).isEmpty();
        assertThat(extensions("starttls").startTls()).isTrue();
        assertThat(Extensions.of(new Reply(250, List.of("STARTTLS"))).startTls())
                .as("the first line is a name")
                .isFalse();
    }
}
