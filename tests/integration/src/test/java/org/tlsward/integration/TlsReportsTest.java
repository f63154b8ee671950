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
import org.apache.james.jdkim.api.SignatureRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;
import org.tlsward.testing.FakeDnsServer;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.tlsrpt.TlsReport;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** TLS reports of a stock James with our JAR: what it counts, what it sends a day later, and what it makes of those of others. */
class TlsReportsTest {
    private static final String TODAY = LocalDate.now(ZoneOffset.UTC).toString();

    private RemoteServer partner;
    private SignedReport reports;
    private FakeDnsServer dns;
    private KeyPair keys;
    private WorkingDirectory directory;
    private RunningJames james;

    @BeforeEach
    void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        reports = new SignedReport();
        dns = new FakeZone(records()).serve();
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
        assertThat(SignedReport.inRootLocale(() -> signatures(message))).hasSize(1);
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

    /** RFC 8460 §3: what lacks a valid signature of the reporting domain is ignored; the mail it came in is still mail. */
    @Test
    void reportsOfOthersShouldBeKeptIfSignedAndTheirMailDelivered() throws Exception {
        james.put("/users/tls-reports@klinik.example", "{\"password\":\"secret\"}");
        String report = SignedReport.json("Partner");

        SignedReport.send(james, SignedReport.unsigned(report));
        await(() -> james.log().contains("from noreply@partner.example is ignored: it has no DKIM signature"));
        assertThat(state("received"))
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
        awaitDelivered(1);

        SignedReport.send(james, reports.signed("[[[[ no report"));
        await(() -> james.log().contains("what noreply@partner.example sent as a TLS report cannot be read"));
        SignedReport.send(james, reports.signed(report));
        await(() -> james.log().contains("TLS report of Partner from noreply@partner.example: STORED"));
        try (Stream<Path> kept = Files.list(state("received"))) {
            assertThat(kept.toList()).singleElement().satisfies(file -> assertThat(Files.readString(file))
                    .contains("\"report-id\":\"42\""));
        }
        awaitDelivered(3);
    }

    private void awaitDelivered(int mails) throws Exception {
        KeptMail kept = new KeptMail(james);
        for (int tries = 0; tries < 1200; tries++) {
            if (kept.mailsFor("tls-reports@klinik.example").size() == mails) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("not " + mails + " mails were delivered; the server's log:\n" + james.log());
    }

    private Path state(String name) {
        return directory.root().resolve("var/tlsrpt").resolve(name);
    }

    private List<SignatureRecord> signatures(String message) throws Exception {
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return new DKIMVerifier((methods, selector, domain) -> List.of("v=DKIM1; k=rsa; p=" + key))
                .verify(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
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

    private List<Record> records() throws IOException {
        Name partner = Name.fromString("partner.example.");
        Name mx = Name.fromString("mx.partner.example.");
        return List.of(
                new MXRecord(partner, DClass.IN, 60, 10, mx),
                new ARecord(mx, DClass.IN, 60, InetAddress.getLoopbackAddress()),
                new TXTRecord(
                        Name.fromString("_smtp._tls.partner.example."),
                        DClass.IN,
                        60,
                        "v=TLSRPTv1; rua=mailto:reports@partner.example"),
                reports.key());
    }
}
