/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** REQUIRETLS and {@code TLS-Required: No} (RFC 8689) all the way through a stock James: in, through aliases and redirects, out, and back. */
class RequireTlsWayTest {
    private static RemoteServer knows;
    private static RemoteServer other;
    private static RemoteServer plain;
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        knows = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.knows.example")));
        knows.learnRequireTls();
        other = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.other.example")));
        plain = new RemoteServer(Optional.empty());
        WorkingDirectory directory = WorkingDirectory.create("requiretls", "requiretls")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "KNOWS_PORT", Integer.toString(knows.port()))
                .replace("tlsward.xml", "OTHER_PORT", Integer.toString(other.port()))
                .replace("tlsward.xml", "PLAIN_PORT", Integer.toString(plain.port()))
                .replace("tlsward.xml", "KNOWS_PIN", TestCertificates.sha256("mx.knows.example"))
                .replace("tlsward.xml", "OTHER_PIN", TestCertificates.sha256("mx.other.example"))
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"Sieve\"/>"
                                + "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>file://var/mail/kept/</repositoryPath></mailet>");
        redirect(directory.root(), "sieve@klinik.example", "redirected@knows.example");
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
        james.put("/users/sieve@klinik.example", "{\"password\":\"secret\"}");
        forward("weiter@klinik.example", "ziel@knows.example");
        forward("ohne@klinik.example", "ziel@other.example");
        forward("offen@klinik.example", "ziel@plain.example");
    }

    private static void redirect(Path root, String user, String to) throws Exception {
        Path scripts = Files.createDirectories(root.resolve("sieve").resolve(user));
        Files.writeString(scripts.resolve("redirect"), "redirect \"" + to + "\";\r\n");
        Files.writeString(scripts.resolve(".active"), "redirect");
    }

    private static void forward(String from, String to) throws Exception {
        james.put("/users/" + from, "{\"password\":\"secret\"}");
        james.put("/address/forwards/" + from + "/targets/" + to, "");
    }

    @AfterAll
    static void stop() throws Exception {
        knows.close();
        other.close();
        plain.close();
        james.close();
    }

    /** A mail from outside, inside TLS. */
    private static void receive(String mail, String marker, String recipient, String... header) throws Exception {
        try (SmtpClient client = new SmtpClient(james.directory().port(Port.SMTP))) {
            client.reply();
            say(client, "EHLO client.example", "250");
            say(client, "STARTTLS", "220");
            client.startTls("TLSv1.3");
            say(client, "EHLO client.example", "250");
            say(client, "MAIL FROM:" + mail, "250");
            say(client, "RCPT TO:<" + recipient + ">", "250");
            say(client, "DATA", "354");
            for (String line : header) {
                client.sendLine(line);
            }
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

    @Test
    void requirementShouldSurviveAliasesAndGoOutWithTheMail() throws Exception {
        receive("<alias@fern.example> REQUIRETLS", "alias-marker", "weiter@klinik.example");
        await(() -> has(knows, "alias-marker-body"));
        assertThat(knows.senders()).contains("MAIL FROM:<alias@fern.example> REQUIRETLS");
    }

    @Test
    void requirementShouldSurviveARedirectThatBuildsANewMail() throws Exception {
        receive("<redirect@fern.example> requiretls", "redirect-marker", "sieve@klinik.example");
        await(() -> has(knows, "redirect-marker-body"));
        assertThat(knows.recipients()).contains("redirected@knows.example");
        assertThat(knows.senders().get(knows.senders().size() - 1)).endsWith(" REQUIRETLS");
        assertThat(knows.messages()).noneMatch(message -> message.contains("X-TLSWard-Require"));
    }

    @Test
    void mailWithoutTheParameterShouldGoOutWithoutIt() throws Exception {
        receive("<without@fern.example>", "without-marker", "weiter@klinik.example");
        await(() -> has(knows, "without-marker-body"));
        assertThat(knows.senders()).contains("MAIL FROM:<without@fern.example>");
    }

    /** At once, and the notice has to go as safely as the mail, with its headers only whatever RET says (RFC 8689 §5). */
    @Test
    void hostThatDoesNotKnowItShouldGetNothingAndTheNoticeCarryIt() throws Exception {
        receive("<sender@knows.example> REQUIRETLS RET=FULL", "refused-marker", "ohne@klinik.example");
        await(() -> has(knows, "5.7.30"));
        assertThat(other.senders()).noneMatch(command -> command.startsWith("MAIL FROM:<sender@knows.example>"));
        assertThat(has(other, "refused-marker")).isFalse();
        String notice = notice(knows, "sender@knows.example");
        assertThat(notice).contains("Final-Recipient: rfc822; ziel@other.example", "Status: 5.7.30", "refused-marker");
        assertThat(notice).doesNotContain("refused-marker-body");
        assertThat(knows.senders()).contains("MAIL FROM:<> REQUIRETLS");
    }

    /** The sender's own host does not know it: the notice is sent without what the mail is about. */
    @Test
    void noticeThatCannotCarryItShouldBeRedacted() throws Exception {
        receive("<stranger@other.example> REQUIRETLS", "redacted-marker", "ohne@klinik.example");
        await(() -> has(other, "5.7.30"));
        String notice = notice(other, "stranger@other.example");
        assertThat(notice)
                .contains("Final-Recipient: rfc822; ziel@other.example")
                .doesNotContain("redacted-marker");
        assertThat(other.senders()).contains("MAIL FROM:<>").doesNotContain("MAIL FROM:<> REQUIRETLS");
    }

    /** RFC 8689 §4.1, §4.2.2: the header goes on with the mail, lowers nothing that we demand, and the evidence tells of it. */
    @Test
    void headerOfTheSenderShouldBeRecordedAndKept() throws Exception {
        receive("<no@fern.example>", "lowered-marker", "offen@klinik.example", "TLS-Required: No");
        await(() -> has(plain, "lowered-marker-body"));
        assertThat(plain.messages()).anyMatch(message -> message.contains("TLS-Required: No"));
        await(() -> evidence().contains("tls-required-no"));
    }

    private static String evidence() {
        Path directory = james.directory().root().resolve("var/evidence");
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(RunningJames.read(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean has(RemoteServer server, String text) {
        return server.messages().stream().anyMatch(message -> message.contains(text));
    }

    private static String notice(RemoteServer server, String to) {
        return server.messages().stream()
                .filter(message -> message.contains("multipart/report") && message.contains(to))
                .findFirst()
                .orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 1200; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }
}
