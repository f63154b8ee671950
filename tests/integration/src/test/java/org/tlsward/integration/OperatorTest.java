/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;
import org.tlsward.testing.FakeDnsServer;
import org.tlsward.token.TokenFile;

/** What an operator does by WebAdmin with a stock James: mail that waits, TLS reports that came, policies that are remembered. */
class OperatorTest {
    private static final String QUEUE = "/tlsward/api/queue";
    private static final String PARTNER = QUEUE + "/partner.example";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RemoteServer partner;
    private static SignedReport reports;
    private static FakeDnsServer dns;
    private static WorkingDirectory directory;
    private static RunningJames james;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        reports = new SignedReport();
        dns = new FakeZone(List.of(reports.key())).serve();
        // Only an operator makes mail due before the test is over.
        directory = WorkingDirectory.create("operator", "operator")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace(
                        "tlsward.xml",
                        "DNS_PORT",
                        Integer.toString(dns.address().getPort()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>5 hours</delayTime>");
        token = new TokenFile(directory.conf(TokenFile.NAME), Clock.systemUTC()).add("operator");
        remember("policy.example");
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
        james.put("/users/tls-reports@klinik.example", "{\"password\":\"secret\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        partner.close();
        dns.close();
        james.close();
    }

    /** As an earlier run of the server left it. */
    private static void remember(String domain) throws Exception {
        String text = "tlsward-mtasts 1\ndomain " + domain + "\nid 1\nfetched " + Instant.now()
                + "\nversion: STSv1\nmode: enforce\nmx: mx.policy.example\nmax_age: 604800\n";
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        Path folder = Files.createDirectories(directory.root().resolve("var/tlsward/mta-sts"));
        Files.writeString(
                folder.resolve(domain + ".sts"),
                text + "sha256 " + HexFormat.of().formatHex(hash) + "\n");
    }

    @Test
    void logAndHealthShouldTellTheSameVersion() throws Exception {
        var line = Pattern.compile("TLS Ward (\\d+\\.\\d+\\.\\d+\\S* \\(\\d{4}-\\d\\d-\\d\\d\\))")
                .matcher(james.log());

        assertThat(line.find()).isTrue();
        assertThat(call("GET", "/tlsward/api/health")).contains("\"version\":\"" + line.group(1) + "\"");
    }

    @Test
    void mailThatWaitsShouldBeSeenHeldResumedAndRetried() throws Exception {
        try (Clinician clinician = new Clinician(james)) {
            clinician.submit(List.of("Subject: finding"), "operator-marker", List.of("arzt@partner.example"));
        }
        awaitAnswer(QUEUE + "?destination=partner.example", "\"tries\":1,");
        assertThat(call("GET", QUEUE))
                .contains("\"recipients\":[\"arzt@partner.example\"]")
                .contains("\"classes\":[\"medical\",")
                .contains("\"required\":\"TLS\"")
                .contains("\"nextAttempt\":\"")
                .contains("\"held\":[]");
        assertThat(call("GET", QUEUE + "?destination=other.example")).isEqualTo("{\"mails\":[],\"more\":false}");

        assertThat(call("POST", PARTNER + "/hold")).contains("\"held\":true,\"changed\":true");
        assertThat(call("GET", QUEUE + "/held")).contains("{\"destination\":\"partner.example\",\"since\":\"");
        assertThat(call("GET", QUEUE)).contains("\"held\":[\"partner.example\"]");
        assertThat(call("GET", "/tlsward/api/health")).contains("held destinations", "partner.example");

        assertThat(call("POST", PARTNER + "/resume")).contains("\"held\":false,\"changed\":true");
        assertThat(call("GET", QUEUE + "/held")).isEqualTo("{\"held\":[],\"more\":false}");
        awaitAnswer(QUEUE, "\"tries\":2,");
        assertThat(partner.messages()).isEmpty();

        partner.offerTls(TestCertificates.selfSigned("mx.partner.example"));
        assertThat(call("POST", PARTNER + "/retry")).isEqualTo("{\"due\":1}");
        await(() -> !partner.messages().isEmpty());
        awaitAnswer(QUEUE, "{\"mails\":[],\"more\":false}");
        assertThat(partner.messages()).singleElement().asString().contains("operator-marker");
        assertThat(partner.cleartext()).doesNotContain("arzt@partner.example").doesNotContain("operator-marker");
    }

    @Test
    void reportThatCameByMailShouldBeShown() throws Exception {
        SignedReport.send(james, reports.signed(SignedReport.json("<b>Partner</b>")));
        String list = awaitAnswer("/tlsward/api/tls-reports", "\"organization\":\"<b>Partner</b>\"");

        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(list);
        assertThat(id.find()).isTrue();
        assertThat(call("GET", "/tlsward/api/tls-reports/" + id.group(1)))
                .contains("\"sender\":\"noreply@partner.example\"")
                .contains("\"report-id\":\"42\"");
    }

    /** The mailets and the routes look at the same memory. */
    @Test
    void rememberedPolicyShouldBeShown() throws Exception {
        assertThat(call("GET", "/tlsward/api/mta-sts"))
                .contains("\"domain\":\"policy.example\",\"mode\":\"enforce\",\"mx\":[\"mx.policy.example\"]");
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

    private static String awaitAnswer(String path, String part) throws Exception {
        for (int tries = 0; tries < 1200; tries++) {
            String answer = call("GET", path);
            if (answer.contains(part)) {
                return answer;
            }
            RunningJames.pause();
        }
        throw new AssertionError(
                path + " had no " + part + " but " + call("GET", path) + "; the server's log:\n" + james.log());
    }

    private static String call(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + directory.port(Port.WEBADMIN) + path))
                .header("X-TlsWard-Token", token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(200);
        return answer.body();
    }
}
