/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** Files are replaced, emptied, broken and taken away under a James that runs: what was protected stays protected. */
class ChangesWhileMailFlowsTest {
    private RunningJames james;
    private Path members;

    @BeforeEach
    void start() throws Exception {
        WorkingDirectory directory =
                WorkingDirectory.create("changes", "keep").withoutUserCheck().withExtension();
        members = directory.conf("medical-recipients.txt");
        james = RunningJames.start(Program.stock(), directory);
    }

    @AfterEach
    void stop() throws Exception {
        james.close();
    }

    @Test
    void membersShouldStayProtectedWhateverHappensToTheirFile() throws Exception {
        Files.writeString(members, "new-one@klinik.example\n", StandardOpenOption.APPEND);
        awaitReply("new-one@klinik.example", "530 5.7.0");
        assertThat(health()).doesNotContain("medical-recipients.txt");

        Files.writeString(members, "");
        awaitHealth("medical-recipients.txt");
        assertReply("new-one@klinik.example", "530 5.7.0");

        Files.delete(members);
        Files.createDirectory(members); // unreadable, for root too
        assertReply("new-one@klinik.example", "530 5.7.0");
        awaitHealth("medical-recipients.txt");
        Files.delete(members);

        Files.writeString(members, "from-file@klinik.example\nnew-one@klinik.example\nnot an address\n");
        awaitHealth("not an address");
        assertReply("new-one@klinik.example", "530 5.7.0");

        Files.writeString(members, "from-file@klinik.example\nthird@klinik.example\n");
        awaitReply("third@klinik.example", "530 5.7.0");
        awaitReply("new-one@klinik.example", "250 ");
        assertThat(health()).contains("\"TLS Ward\"").doesNotContain("medical-recipients.txt");
    }

    @Test
    void aBrokenConfigurationShouldLeaveTheOldOneInForce() throws Exception {
        Path configuration = james.directory().conf("tlsward.xml");
        String good = Files.readString(configuration);
        assertReply("praxis@klinik.example", "530 5.7.0");

        Files.writeString(configuration, good.replace("minimum=\"any\"", "minimum=\"anyone\""));
        awaitHealth("anyone");
        assertReply("praxis@klinik.example", "530 5.7.0");

        Files.delete(configuration);
        awaitHealth("tlsward.xml");
        assertReply("praxis@klinik.example", "530 5.7.0");

        Files.writeString(
                configuration,
                good.replace("<address>praxis@klinik.example</address>", "<address>other@klinik.example</address>"));
        awaitReply("other@klinik.example", "530 5.7.0");
        assertReply("praxis@klinik.example", "250 ");
    }

    private String health() throws Exception {
        return james.webAdmin("/healthcheck", "application/json");
    }

    private void awaitHealth(String text) throws Exception {
        for (int tries = 0; tries < 400 && !health().contains(text); tries++) {
            RunningJames.pause();
        }
        assertThat(health()).contains(text).contains("degraded");
    }

    private void awaitReply(String recipient, String reply) throws Exception {
        for (int tries = 0; tries < 400 && !reply(recipient).startsWith(reply); tries++) {
            RunningJames.pause();
        }
        assertReply(recipient, reply);
    }

    private void assertReply(String recipient, String reply) throws Exception {
        assertThat(reply(recipient)).startsWith(reply);
    }

    private String reply(String recipient) throws Exception {
        try (SmtpClient client = new SmtpClient(james.directory().port(Port.SMTP))) {
            client.reply();
            for (String line : new String[] {"EHLO client.example", "MAIL FROM:<partner@fern.example>"}) {
                client.sendLine(line);
                client.reply();
            }
            client.sendLine("RCPT TO:<" + recipient + ">");
            return client.reply().get(0);
        }
    }
}
