/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** Mail that leaves a stock James through the pipeline of {@code conf/}, towards a partner who has no TLS until he mends it. */
class OutboundTest {
    private static final String WITHHELD = "/mailRepositories/var%2Fmail%2Ftls-withheld%2F/mails";

    private RemoteServer partner;
    private RunningJames james;

    @BeforeEach
    void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        WorkingDirectory directory = WorkingDirectory.create("outbound", "outbound")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>")
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>file://var/mail/kept/</repositoryPath></mailet>");
        james = RunningJames.start(Program.stock(), directory);
        james.put("/users/clinician@klinik.example", "{\"password\":\"secret\"}");
    }

    @AfterEach
    void stop() throws Exception {
        partner.close();
        james.close();
    }

    @Test
    void ofTwoRecipientsOfOneDomainTheMedicalOneShouldBeWithheldUntilThePartnerHasTls() throws Exception {
        submit("secret-marker", "arzt@partner.example", "buero@partner.example");

        await(() -> partner.messages().size() == 1);
        assertThat(partner.recipients()).containsExactly("buero@partner.example");
        String notice = new KeptMail(james).awaitFor("clinician@klinik.example");
        assertThat(notice)
                .contains("multipart/report")
                .contains("Final-Recipient: rfc822; arzt@partner.example")
                .contains("Action: failed")
                .contains("Status: 5.7.4")
                .doesNotContain("Final-Recipient: rfc822; buero@partner.example")
                .doesNotContain("secret-marker-body");
        assertThat(new KeptMail(james).mailsFor("clinician@klinik.example")).hasSize(1);
        assertThat(partner.cleartext()).doesNotContain("arzt@partner.example");

        partner.offerTls(TestCertificates.selfSigned("mx.partner.example"));
        james.patch(WITHHELD + "?action=reprocess&processor=relay");
        await(() -> partner.messages().size() == 2);
        assertThat(partner.recipients()).contains("arzt@partner.example");
        assertThat(partner.messages().get(1)).contains("secret-marker-body");
        assertThat(partner.cleartext()).doesNotContain("arzt@partner.example");
        assertThat(james.webAdmin(WITHHELD, "application/json")).isEqualTo("[]");
    }

    @Test
    void aMedicalMemberWhoForwardsToADomainWithoutTlsShouldBeWithheld() throws Exception {
        james.put("/users/praxis@klinik.example", "{\"password\":\"secret\"}");
        james.put("/address/forwards/praxis@klinik.example/targets/privat@partner.example", "");

        submit("forwarded-marker", "praxis@klinik.example");

        await(() -> withheld().size() == 1);
        assertThat(partner.messages()).isEmpty();
        assertThat(partner.cleartext()).doesNotContain("privat@partner.example").doesNotContain("forwarded-marker");
    }

    private List<String> withheld() {
        try {
            String json = james.webAdmin(WITHHELD, "application/json");
            return json.equals("[]") ? List.of() : List.of(json.split(","));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void submit(String marker, String... recipients) throws Exception {
        try (SmtpClient client = new SmtpClient(james.directory().port(Port.SUBMISSION))) {
            client.reply();
            say(client, "EHLO client.example", "250");
            say(client, "STARTTLS", "220");
            client.startTls("TLSv1.3");
            say(client, "EHLO client.example", "250");
            say(client, "AUTH PLAIN AGNsaW5pY2lhbkBrbGluaWsuZXhhbXBsZQBzZWNyZXQ=", "235");
            say(client, "MAIL FROM:<clinician@klinik.example>", "250");
            for (String recipient : recipients) {
                say(client, "RCPT TO:<" + recipient + ">", "250");
            }
            say(client, "DATA", "354");
            client.sendLine("From: clinician@klinik.example");
            client.sendLine("Subject: " + marker);
            client.sendLine("");
            client.sendLine(marker + "-body");
            say(client, ".", "250");
        }
    }

    private static void say(SmtpClient client, String line, String code) throws Exception {
        client.sendLine(line);
        List<String> reply = client.reply();
        assertThat(reply.get(reply.size() - 1)).as(line).startsWith(code);
    }

    private void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 1200; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }
}
