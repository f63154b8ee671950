/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;
import org.tlsward.testing.FakeDnsServer;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.tlsrpt.TlsReport;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** TLS reports of a stock James with our JAR: what it counts, what it sends a day later, and what it makes of those of others. */
class TlsReportsTest {
    private static final String TODAY = LocalDate.now(ZoneOffset.UTC).toString();

    private RemoteServer partner;
    private FakeDnsServer dns;
    private KeyPair keys;
    private WorkingDirectory directory;
    private RunningJames james;

    @BeforeEach
    void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        dns = new FakeDnsServer(TlsReportsTest::answer, TlsReportsTest::answer);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        directory = WorkingDirectory.create("tls-reports", "tls-reports")
                .withoutUserCheck()
                .withExtension()
                .replace(
                        "tlsward.xml",
                        "DNS_PORT",
                        Integer.toString(dns.address().getPort()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><port>" + partner.port() + "</port>")
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>file://var/mail/kept/</repositoryPath></mailet>");
        Files.writeString(
                directory.conf("dkim.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        james = RunningJames.start(Program.stock(), directory);
    }

    @AfterEach
    void stop() throws Exception {
        partner.close();
        dns.close();
        james.close();
    }

    @Test
    void sessionsShouldBeReportedToWhoAsksForItSignedAndOnce() throws Exception {
        james.put("/users/clinician@klinik.example", "{\"password\":\"secret\"}");
        submit();
        await(() -> partner.messages().size() == 1);
        await(() -> Files.exists(state("counts-" + TODAY)));
        james.close();

        // The day before yesterday: the turn of every domain has come.
        Files.move(
                state("counts-" + TODAY),
                state("counts-" + LocalDate.parse(TODAY).minusDays(2)));
        james = RunningJames.start(Program.stock(), directory);

        await(() -> partner.messages().size() == 2);
        String message = partner.messages().get(1).replace("\n", "\r\n");
        assertThat(partner.recipients()).containsExactly("arzt@partner.example", "reports@partner.example");
        assertThat(message)
                .contains("Subject: Report Domain: partner.example")
                .contains("TLS-Report-Submitter: klinik.example")
                .doesNotContain("X-TLSWard");
        assertThat(new DKIMVerifier((methods, selector, domain) -> List.of("v=DKIM1; k=rsa; p="
                                + Base64.getEncoder()
                                        .encodeToString(keys.getPublic().getEncoded())))
                        .verify(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1))))
                .hasSize(1);
        TlsReport report = report(message);
        assertThat(report.organization()).isEqualTo("Klinik");
        assertThat(report.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.policy().type()).isEqualTo("no-policy-found");
            assertThat(policy.policy().domain()).isEqualTo("partner.example");
            assertThat(policy.successful()).isZero();
            assertThat(policy.failed()).isEqualTo(1);
            assertThat(policy.failures().get(0).detail().resultType()).isEqualTo("starttls-not-supported");
            assertThat(policy.failures().get(0).detail().mxHost()).contains("mx.partner.example");
        });

        james.close();
        try (Stream<Path> left = Files.list(state(""))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("sent, and the session that carried it is not counted")
                    .noneMatch(name -> name.startsWith("counts-") || name.startsWith("progress-"));
        }
    }

    @Test
    void reportsOfOthersShouldBeKeptAndTheirMailDelivered() throws Exception {
        james.put("/users/tls-reports@klinik.example", "{\"password\":\"secret\"}");
        String report =
                "{\"organization-name\":\"Partner\",\"date-range\":{\"start-datetime\":\"2026-11-22T00:00:00Z\","
                        + "\"end-datetime\":\"2026-11-22T23:59:59Z\"},\"contact-info\":\"x\",\"report-id\":\"42\","
                        + "\"policies\":[]}";
        try (SmtpClient client = new SmtpClient(directory.port(Port.SMTP))) {
            client.reply();
            say(client, "EHLO mx.partner.example", "250");
            for (String body : List.of("[[[[ no report", report)) {
                say(client, "MAIL FROM:<noreply@partner.example>", "250");
                say(client, "RCPT TO:<tls-reports@klinik.example>", "250");
                say(client, "DATA", "354");
                client.sendLine("Subject: Report Domain: klinik.example Submitter: partner.example");
                client.sendLine("MIME-Version: 1.0");
                client.sendLine("Content-Type: application/tlsrpt+json");
                client.sendLine("");
                client.sendLine(body);
                say(client, ".", "250");
            }
        }

        await(() -> james.log().contains("TLS report of Partner from noreply@partner.example: STORED"));
        try (Stream<Path> kept = Files.list(state("received"))) {
            assertThat(kept.toList()).singleElement().satisfies(file -> assertThat(Files.readString(file))
                    .contains("\"report-id\":\"42\""));
        }
        assertThat(new KeptMail(james).awaitFor("tls-reports@klinik.example")).isNotEmpty();
    }

    private Path state(String name) {
        return directory.root().resolve("var/tlsrpt").resolve(name);
    }

    private static TlsReport report(String message) {
        Matcher part =
                Pattern.compile("json\\.gz\"\r\n\r\n([A-Za-z0-9+/=\r\n]+)--").matcher(message);
        assertThat(part.find()).isTrue();
        ReceivedReport received = ReceivedReport.parse(Base64.getMimeDecoder().decode(part.group(1)));
        assertThat(received).isInstanceOf(ReceivedReport.Parsed.class);
        return ((ReceivedReport.Parsed) received).report();
    }

    private void submit() throws Exception {
        try (SmtpClient client = new SmtpClient(directory.port(Port.SUBMISSION))) {
            client.reply();
            say(client, "EHLO client.example", "250");
            say(client, "STARTTLS", "220");
            client.startTls("TLSv1.3");
            say(client, "EHLO client.example", "250");
            say(client, "AUTH PLAIN AGNsaW5pY2lhbkBrbGluaWsuZXhhbXBsZQBzZWNyZXQ=", "235");
            say(client, "MAIL FROM:<clinician@klinik.example>", "250");
            say(client, "RCPT TO:<arzt@partner.example>", "250");
            say(client, "DATA", "354");
            client.sendLine("Subject: a");
            client.sendLine("");
            client.sendLine("b");
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

    private static Optional<Message> answer(Message query) {
        Record question = query.getQuestion();
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(question, Section.QUESTION);
        Optional<Record> record = record(question);
        record.ifPresent(some -> reply.addRecord(some, Section.ANSWER));
        if (record.isEmpty() && !question.getName().toString().startsWith("mx.")) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return Optional.of(reply);
    }

    private static Optional<Record> record(Record question) {
        Name name = question.getName();
        try {
            return switch (name.toString(true) + " " + Type.string(question.getType())) {
                case "partner.example MX" -> Optional.of(
                        new MXRecord(name, DClass.IN, 60, 10, Name.fromString("mx.partner.example.")));
                case "mx.partner.example A" -> Optional.of(
                        new ARecord(name, DClass.IN, 60, InetAddress.getLoopbackAddress()));
                case "_smtp._tls.partner.example TXT" -> Optional.of(
                        new TXTRecord(name, DClass.IN, 60, "v=TLSRPTv1; rua=mailto:reports@partner.example"));
                default -> Optional.empty();
            };
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
