/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** An operator stops a class on a stock James by the command line, and lets it go on. */
class EmergencyTest {
    private RemoteServer partner;
    private WorkingDirectory directory;
    private RunningJames james;
    private String token;

    @BeforeEach
    void start() throws Exception {
        partner = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.partner.example")));
        directory = WorkingDirectory.create("emergency", "outbound")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>");
        james = RunningJames.start(Program.stock(), directory);
        for (String user : List.of("clinician", "praxis")) {
            james.put("/users/" + user + "@klinik.example", "{\"password\":\"secret\"}");
        }
        token = tlsward(
                0,
                "token",
                "add",
                "anna",
                "--conf",
                directory.root().resolve("conf").toString());
    }

    @AfterEach
    void stop() throws Exception {
        partner.close();
        james.close();
    }

    @Test
    void whatIsStoppedShouldNeitherGoOutNorBeLostUntilItGoesOn() throws Exception {
        assertThat(emergency(0, "stop", "--class", "medical", "--why", "a key was stolen"))
                .contains("Mail of the class medical is stopped");
        assertThat(emergency(1, "list")).contains("class medical", "by anna", "a key was stolen");
        assertThat(james.webAdmin("/healthcheck", "application/json")).contains("emergency stop", "a key was stolen");

        assertThat(rcpt("clinician", "arzt@partner.example"))
                .startsWith("451 4.7.0")
                .contains("try again later", "a key was stolen");
        assertThat(rcpt("praxis", "buero@partner.example")).startsWith("250");
        assertThat(rcpt("clinician", "chef@partner.example")).startsWith("250");

        await("/mailRepositories/var%2Fmail%2Ftls-withheld%2F/mails", "\"");
        assertThat(partner.recipients()).doesNotContain("buero@partner.example");
        assertThat(partner.cleartext()).doesNotContain("buero@partner.example");

        assertThat(emergency(0, "resume", "--class", "medical")).contains("goes on");
        assertThat(emergency(0, "list")).contains("Nothing is stopped");
        assertThat(rcpt("clinician", "arzt@partner.example")).startsWith("250");
        for (int tries = 0; tries < 1200 && partner.messages().size() < 2; tries++) {
            RunningJames.pause();
        }
        assertThat(partner.recipients()).containsExactlyInAnyOrder("chef@partner.example", "arzt@partner.example");
    }

    private void await(String path, String text) throws Exception {
        for (int tries = 0; tries < 1200; tries++) {
            if (james.webAdmin(path, "application/json").contains(text)) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }

    /** What the server says to the recipient; if it takes him, it gets a mail for him. */
    private String rcpt(String user, String recipient) throws Exception {
        try (SmtpClient client = new SmtpClient(directory.port(Port.SUBMISSION))) {
            client.reply();
            say(client, "EHLO client.example");
            say(client, "STARTTLS");
            client.startTls("TLSv1.3");
            say(client, "EHLO client.example");
            String secret = "\0" + user + "@klinik.example\0secret";
            say(client, "AUTH PLAIN " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII)));
            say(client, "MAIL FROM:<" + user + "@klinik.example>");
            String answer = say(client, "RCPT TO:<" + recipient + ">");
            if (answer.startsWith("250")) {
                say(client, "DATA");
                client.sendLine("Subject: x");
                client.sendLine("");
                assertThat(say(client, ".")).startsWith("250");
            }
            return answer;
        }
    }

    private static String say(SmtpClient client, String line) throws Exception {
        client.sendLine(line);
        List<String> reply = client.reply();
        return reply.get(reply.size() - 1);
    }

    private String emergency(int exit, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("emergency"));
        all.addAll(List.of(args));
        all.addAll(List.of("--server", "http://127.0.0.1:" + directory.port(Port.WEBADMIN)));
        return tlsward(exit, all.toArray(new String[0]));
    }

    private String tlsward(int exit, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Project.path("cli/tlsward").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (token != null) {
            builder.environment().put("TLSWARD_TOKEN", token);
        }
        builder.redirectError(Project.target("emergency.err").toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + ": " + RunningJames.read(Project.target("emergency.err")))
                .isEqualTo(exit);
        return out.strip();
    }
}
