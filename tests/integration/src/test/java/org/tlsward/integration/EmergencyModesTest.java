/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tlsward.integration.RunningJames.Program;

/** The day of a hole in TLS, on a stock James with nothing but the bundle. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmergencyModesTest {
    private static RemoteServer partner;
    private static WorkingDirectory directory;
    private static RunningJames james;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        partner = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.partner.example")));
        directory = WorkingDirectory.create("emergency-modes", "outbound")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace("tlsward.xml", "warnAfter=\"1s\" giveUpAfter=\"1s\"", "warnAfter=\"1h\" giveUpAfter=\"2h\"")
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>")
                // Nobody logs in without TLS: mail of the clinic comes from its network, as from a ward's devices.
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"relay-allowed\" class=\"ToProcessor\">",
                        "<mailet match=\"All\" class=\"ToProcessor\">")
                .replace(
                        "smtpserver.xml",
                        "<maxmessagesize>51200</maxmessagesize>",
                        "<authorizedAddresses>127.0.0.0/8</authorizedAddresses><maxmessagesize>51200</maxmessagesize>");
        james = RunningJames.start(Program.stock(), directory);
        token = tlsward(
                0,
                "token",
                "add",
                "anna",
                "--conf",
                directory.root().resolve("conf").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        partner.close();
        james.close();
    }

    @Test
    @Order(1)
    void withoutTlsProtectedMailShouldWaitAndOtherMailShouldGoOn() throws Exception {
        try (SmtpClient up = client(Port.SMTP);
                SmtpClient submissions = client(Port.SMTPS)) {
            said(up);
            say(up, "EHLO client.example");
            say(up, "STARTTLS");
            up.startTls("TLSv1.3");
            say(up, "EHLO client.example");
            submissions.startTls("TLSv1.3");

            assertThat(emergency(0, "no-tls", "--until", "2h", "--reason", "a hole in TLS"))
                    .contains("TLS is switched off", "ends by itself");

            assertThat(said(up)).as("what is up in TLS ends").startsWith("421 4.7.0");
            assertThat(up.isClosed()).isTrue();
        }
        assertNoTls();
        assertThat(mail("a@klinik.example", "buero@partner.example")).endsWith("250");
        awaitTrue(() -> partner.recipients().contains("buero@partner.example"));
        assertThat(partner.cleartext()).contains("buero@partner.example").doesNotContain("STARTTLS");
        assertThat(mail("a@klinik.example", "arzt@partner.example"))
                .startsWith("451 4.7.0")
                .contains("a hole in TLS");
        assertThat(james.webAdmin("/healthcheck", "application/json")).contains("TLS switched off by anna", "a hole");

        james.close();
        james = RunningJames.start(Program.stock(), directory);
        assertThat(emergency(1, "list")).contains("no-tls", "by anna", "until", "a hole in TLS");
        awaitTrue(() -> refusesConnections(Port.SMTPS));
        assertNoTls();

        assertThat(emergency(0, "resume")).contains("Ended: no-tls");
        assertThat(handshake(Port.SMTPS, "TLSv1.3")).startsWith("220");
        assertThat(overTls(Port.SMTP, "TLSv1.3")).contains("250").doesNotContain("STARTTLS");
    }

    private void assertNoTls() throws Exception {
        assertThat(refusesConnections(Port.SMTPS)).isTrue();
        for (Port port : List.of(Port.SMTP, Port.SUBMISSION)) {
            try (SmtpClient client = client(port)) {
                assertThat(said(client)).startsWith("220");
                client.sendLine("EHLO client.example");
                assertThat(client.reply()).noneMatch(line -> line.matches("250.(STARTTLS|AUTH.*)"));
                assertThat(say(client, "STARTTLS")).startsWith("454 4.7.0 TLS not available");
                assertThat(say(client, "AUTH PLAIN AGEAYg==")).startsWith("454 4.7.0");
            }
        }
    }

    /** What the clinician sends waits although the partner would take it in cleartext, and goes over TLS when there is TLS again. */
    @Test
    void whatWaitsShouldGoOverTlsWhenTheModeHasEndedByItself() throws Exception {
        assertThat(mail("praxis@klinik.example", "first@partner.example")).endsWith("250");
        awaitTrue(() ->
                partner.recipients().contains("first@partner.example")); // a connection over TLS waits in the pool now
        emergency(0, "no-tls", "--until", "2h", "--reason", "a hole in TLS");
        assertThat(mail("praxis@klinik.example", "second@partner.example")).endsWith("250");
        assertThat(mail("a@klinik.example", "third@partner.example")).endsWith("250");
        awaitTrue(() -> partner.recipients().contains("third@partner.example"));
        assertThat(partner.cleartext()).contains("third@partner.example").doesNotContain("second@partner.example");
        assertThat(partner.recipients()).doesNotContain("second@partner.example");
        emergency(0, "resume", "no-tls");
        awaitTrue(() -> partner.recipients().contains("second@partner.example"));
        assertThat(partner.cleartext()).doesNotContain("second@partner.example");

        order("no-tls", Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS));
        assertThat(mail("praxis@klinik.example", "fourth@partner.example")).endsWith("250");
        awaitTrue(() -> partner.recipients().contains("fourth@partner.example"));
        assertThat(partner.cleartext()).doesNotContain("fourth@partner.example");
        awaitTrue(() -> evidence().contains("\"action\":\"ended\",\"what\":\"no-tls\""));
        awaitTrue(() -> !refusesConnections(Port.SMTPS));
        assertThat(handshake(Port.SMTPS, "TLSv1.3")).startsWith("220");
        assertThat(emergency(0, "list")).isEqualTo("Nothing is stopped.");
    }

    private static void order(String what, Instant until) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + directory.port(Port.WEBADMIN) + "/tlsward/api/emergency/stop"))
                .header("X-TlsWard-Token", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"what\":\"" + what + "\",\"why\":\"drill\",\"until\":\"" + until + "\"}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void aStoppedServerShouldTakeAndSendNothing() throws Exception {
        try (SmtpClient up = client(Port.SMTP)) {
            said(up);
            say(up, "EHLO client.example");
            assertThat(emergency(0, "--until", "2h", "--reason", "a hole in TLS"))
                    .contains("whole server is stopped");
            assertThat(say(up, "MAIL FROM:<a@partner.example>"))
                    .startsWith("421 4.3.2")
                    .contains("a hole in TLS");
            assertThat(up.isClosed()).isTrue();
        }
        for (Port port : List.of(Port.SMTP, Port.SUBMISSION)) {
            try (SmtpClient client = client(port)) {
                assertThat(said(client)).startsWith("421 4.3.2");
                assertThat(client.isClosed()).isTrue();
            }
        }
        assertThat(refusesConnections(Port.SMTPS)).isTrue();
        emergency(0, "resume", "stop");
        assertThat(mail("a@klinik.example", "b@partner.example")).endsWith("250");
        awaitTrue(() -> partner.recipients().contains("b@partner.example"));
        assertThat(handshake(Port.SMTPS, "TLSv1.3")).startsWith("220");
    }

    @Test
    void whatIsRefusedShouldBeNeitherOfferedNorTaken() throws Exception {
        emergency(0, "refuse-version", "TLSv1.2", "--until", "24h", "--reason", "a hole in 1.2");
        assertThat(overTls(Port.SMTP, "TLSv1.2")).startsWith("421 4.7.0").contains("TLSv1.2", "a hole in 1.2");
        assertThat(overTls(Port.SMTP, "TLSv1.3")).startsWith("250");
        assertThat(overTls(Port.SUBMISSION, "TLSv1.2")).startsWith("421 4.7.0");
        emergency(0, "refuse-cipher", "tls_aes_*", "--until", "24h", "--reason", "a hole in AES");
        assertThat(overTls(Port.SMTP, "TLSv1.3")).startsWith("421 4.7.0").contains("tls_aes_*");
        assertThat(emergency(0, "refuse-cipher", "TLS_CHACHA20*", "--until", "24h", "--reason", "the rest"))
                .contains("are refused");

        // Nothing is left: the requirement holds the clinician's mail, the rule of the others lets theirs go.
        assertThat(mail("praxis@klinik.example", "fifth@partner.example")).endsWith("250");
        assertThat(mail("a@klinik.example", "sixth@partner.example")).endsWith("250");
        awaitTrue(() -> partner.recipients().contains("sixth@partner.example"));
        assertThat(partner.recipients()).doesNotContain("fifth@partner.example");
        for (String[] each : new String[][] {
            {"refuse-cipher", "tls_aes_*"}, {"refuse-cipher", "TLS_CHACHA20*"}, {"refuse-version", "TLSv1.2"}
        }) {
            emergency(0, "resume", each[0], each[1]);
        }
        awaitTrue(() -> partner.recipients().contains("fifth@partner.example"));
        assertThat(partner.cleartext()).doesNotContain("fifth@partner.example");
    }

    private static SmtpClient client(Port port) throws IOException {
        return new SmtpClient(directory.port(port));
    }

    private static boolean refusesConnections(Port port) throws IOException {
        try {
            client(port).close();
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** The greeting on a port that is TLS from the first byte. */
    private static String handshake(Port port, String version) throws Exception {
        try (SmtpClient client = client(port)) {
            client.startTls(version);
            return said(client);
        }
    }

    /** The answer to the first command after the handshake. */
    private static String overTls(Port port, String version) throws Exception {
        try (SmtpClient client = client(port)) {
            said(client);
            say(client, "EHLO client.example");
            assertThat(say(client, "STARTTLS")).startsWith("220");
            client.startTls(version);
            client.sendLine("EHLO client.example");
            return String.join("\n", client.reply());
        }
    }

    /** Brings a mail in cleartext; the answer to the recipient, or to the mail. */
    private static String mail(String sender, String recipient) throws Exception {
        try (SmtpClient client = client(Port.SMTP)) {
            said(client);
            say(client, "EHLO client.example");
            say(client, "MAIL FROM:<" + sender + ">");
            String answer = say(client, "RCPT TO:<" + recipient + ">");
            if (!answer.startsWith("250")) {
                return answer;
            }
            say(client, "DATA");
            client.sendLine("Subject: x");
            client.sendLine("");
            return say(client, ".").substring(0, 3);
        }
    }

    private static String say(SmtpClient client, String line) throws IOException {
        client.sendLine(line);
        return said(client);
    }

    private static String said(SmtpClient client) throws IOException {
        List<String> reply = client.reply();
        return reply.get(reply.size() - 1);
    }

    private static void awaitTrue(Callable<Boolean> condition) throws Exception {
        for (int tries = 0; tries < 1200; tries++) {
            if (condition.call()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }

    private static String evidence() throws IOException {
        try (Stream<Path> files = Files.list(directory.root().resolve("var/evidence"))) {
            StringBuilder all = new StringBuilder();
            for (Path each :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                all.append(Files.readString(each));
            }
            return all.toString();
        }
    }

    private static String emergency(int exit, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("emergency"));
        all.addAll(List.of(args));
        all.addAll(List.of("--server", "http://127.0.0.1:" + directory.port(Port.WEBADMIN)));
        return tlsward(exit, all.toArray(new String[0]));
    }

    private static String tlsward(int exit, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Project.path("cli/tlsward").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (token != null) {
            builder.environment().put("TLSWARD_TOKEN", token);
        }
        builder.redirectError(Project.target("emergency-modes.err").toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + ": " + RunningJames.read(Project.target("emergency-modes.err")))
                .isEqualTo(exit);
        return out.strip();
    }
}
