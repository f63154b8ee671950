/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.testing.LevelPeers;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SmallZone;

/** The whole command against scripted servers and a small DNS. */
class CheckCommandTest {
    @TempDir
    Path home;

    private final SmallZone zone = new SmallZone();
    private ScriptedServer server;

    @BeforeEach
    void configure() throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", LevelPeers.root());
        try (OutputStream out = Files.newOutputStream(conf.resolve("ca.p12"))) {
            store.store(out, "test".toCharArray());
        }
        configure("");
        zone.with("two.example.", "MX", "10 mx.two.example.").with("mx.two.example.", "A", "127.0.0.1");
    }

    private void configure(String destinations) throws Exception {
        Files.writeString(
                home.resolve("conf/tlsward.xml"),
                """
                <tlsward>
                  <classes default="general">
                    <class name="medical">
                      <members><address>praxis@klinik.example</address></members>
                      <outbound level="encrypt" observe="authenticated" minimum="TLSv1.2" giveUpAfter="4h"/>
                      <alternative lang="en">Please call us.</alternative>
                    </class>
                    <class name="general"/>
                  </classes>
                  %s
                  <dns mode="trust-ad"/>
                  <trust store="file://conf/ca.p12" password="test"/>
                </tlsward>
                """
                        .formatted(destinations));
    }

    @AfterEach
    void stop() {
        zone.close();
        if (server != null) {
            server.close();
        }
    }

    private void peer(String name) {
        server = LevelPeers.named(name).startOn(InetAddress.getLoopbackAddress(), 0);
    }

    private void script(String script) {
        server = ScriptedServer.start(Map.of(), script);
    }

    private CommandRun check(String... args) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(args));
        int port = server == null ? 9 : server.port();
        all.addAll(List.of("--dns", zone.server(), "--port", Integer.toString(port), "--timeout", "5s"));
        return CommandRun.of(home, all.toArray(String[]::new));
    }

    /** What changes from day to day and from machine to machine. */
    private String stable(String text) {
        return text.replace(":" + server.port(), ":PORT")
                .replaceAll("\\b20\\d\\d-\\d\\d-\\d\\d\\b", "YYYY-MM-DD")
                .replaceAll("C: EHLO .*", "C: EHLO us");
    }

    private void assertGolden(String name, CommandRun run) throws Exception {
        assertThat(CommandRun.kept(name, stable(run.out()))).isEqualTo(CommandRun.golden(name));
        assertThat(run.out().lines())
                .filteredOn(line -> !line.startsWith("    =")) // lines of a transcript are not broken
                .allMatch(line -> line.length() <= 80);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void goodHostShouldBeClean() throws Exception {
        peer("good");

        CommandRun run = check("two.example");

        assertGolden("good.txt", run);
        assertThat(run.exit()).isZero();
    }

    @Test
    void hostWithoutStartTlsShouldBeAProblemForMedicalMail() throws Exception {
        peer("no STARTTLS");

        CommandRun run = check("two.example");

        assertGolden("no-starttls.txt", run);
        assertThat(run.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    expired                       | medical | 0 | end date
                    other name                    | medical | 0 | not mx.two.example
                    self-signed                   | medical | 0 | untrusted
                    TLS 1.0 only                  | medical | 1 | tls-version-too-low
                    no STARTTLS                   | general | 0 | in cleartext
                    lists REQUIRETLS inside TLS   | medical | 0 | REQUIRETLS     offered
                    good, TLS 1.2 only            | medical | 0 | not TLSv1.3
                    stalls in the handshake       | medical | 1 | timed out
                    """)
    void hostShouldBeJudgedAsByADelivery(String peer, String className, int exit, String said) {
        peer(peer);

        CommandRun run = CommandRun.of(
                home,
                "check",
                "two.example",
                "--class",
                className,
                "--dns",
                zone.server(),
                "--port",
                Integer.toString(server.port()),
                "--timeout",
                "2s");

        assertThat(run.exit()).as(run.out()).isEqualTo(exit);
        assertThat(run.out()).contains(said);
    }

    @Test
    void nothingOfAMailShouldBeSent() {
        peer("good");

        check("two.example");

        for (PeerRecord connection : server.connections()) {
            assertThat(connection.commands())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS") || line.equals("QUIT"));
        }
    }

    @Test
    void destinationRuleAndSenderShouldCount() throws Exception {
        configure(
                "<destinations><destination match='two.example' level='secure' names='other.example'/></destinations>");
        peer("good");

        CommandRun run = check("two.example", "--class", "general");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("certificate-name-mismatch");

        configure("");
        server.close();
        peer("no STARTTLS");
        assertThat(check("two.example", "--class", "general").exit()).isZero();
        assertThat(check("two.example", "--class", "general", "--from", "praxis@klinik.example")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void exceptionShouldBeTold() throws Exception {
        configure("<destinations><exception match='two.example' level='may' reason='in May' until='2999-01-01'/>"
                + "</destinations>");
        peer("no STARTTLS");

        CommandRun run = check("two.example", "--class", "medical");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("lowered by exception two.example (in May)");
    }

    @Test
    void hostThatIsDownShouldBeUnknown() {
        peer("good");
        server.close();

        CommandRun run = check("two.example");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("could not tell");
    }

    @Test
    void brokenDnsShouldBeUnknown() {
        zone.broken("three.example.");

        assertThat(check("three.example").exit()).isEqualTo(2);
    }

    @Test
    void domainThatDoesNotExistShouldBeAProblem() {
        CommandRun run = check("four.example");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("would come back", "does not exist");
    }

    @Test
    void withoutConfigurationTheShippedClassesShouldCount() throws Exception {
        Files.delete(home.resolve("conf/tlsward.xml"));
        peer("no STARTTLS");

        CommandRun run = check("two.example");

        // This resolver has no DNSSEC, without which the shipped configuration believes nothing.
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("medical", "general", "could not tell", "DNSSEC");
    }

    @Test
    void tlsrptAddressShouldBeTold() {
        zone.with("_smtp._tls.two.example.", "TXT", "\"v=TLSRPTv1; rua=mailto:tls@two.example\"");
        peer("good");

        assertThat(check("two.example").out()).contains("reports go to mailto:tls@two.example");
    }

    @Test
    void transcriptShouldShowTheBorderOfTls() throws Exception {
        peer("good");

        CommandRun run = check("two.example", "--transcript", "--class", "medical");

        assertGolden("transcript.txt", run);
    }

    @Test
    void jsonShouldBeJson() throws Exception {
        peer("no STARTTLS");

        JsonNode json =
                new ObjectMapper().readTree(check("two.example", "--json").out());

        assertThat(json.get("result").asText()).isEqualTo("problems");
        assertThat(json.get("exit").asInt()).isEqualTo(1);
        assertThat(json.get("sections").findValuesAsText("step")).contains("MX", "STARTTLS", "medical", "general");
    }

    /** A server that is not ours writes on the terminal of whoever checks it. */
    @Test
    void escapeSequencesOfAServerShouldNotReachTheTerminal() {
        script("S: 220 mx \u001B]0;title\u0007 hi\nFEATURES PIPELINING\nON EHLO* => 554 5.7.1 \u001B[31mred\nSERVE");

        CommandRun run = check("two.example", "--transcript");

        assertThat(run.out()).doesNotContain("\u001B", "\u0007");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    250 2.1.5 ok                                  | 1 | accepted
                    530 5.7.0 Must issue a STARTTLS command first | 0 | refused
                    530 Must issue a STARTTLS command first       | 0 | refused
                    550 5.7.10 Encryption needed                  | 0 | refused
                    550 5.1.1 unknown user                        | 2 | perhaps
                    550 5.7.1 go away                             | 2 | perhaps
                    530 5.7.57 not authenticated                  | 2 | perhaps
                    450 4.2.0 greylisted                          | 2 | no answer
                    421 4.3.0 bye                                 | 2 | no answer
                    """)
    void cleartextQuestionShouldBeAnswered(String reply, int exit, String said) {
        script("S: 220 hi\nFEATURES STARTTLS\nON RCPT* => " + reply + "\nSERVE");

        CommandRun run = check("--cleartext", "praxis@two.example");

        assertThat(run.exit()).as(run.out()).isEqualTo(exit);
        assertThat(run.out()).contains(said).contains("went over the line in cleartext");
    }

    @Test
    void cleartextQuestionShouldStopAfterRcpt() {
        script("S: 220 hi\nFEATURES STARTTLS, PIPELINING\nSERVE");

        check("--cleartext", "praxis@two.example");

        assertThat(server.only().commands().subList(1, 5))
                .containsExactly("MAIL FROM:<>", "RCPT TO:<praxis@two.example>", "RSET", "QUIT");
    }

    @Test
    void refusalOfTheNullSenderForWantOfTlsShouldBeARefusal() {
        script("S: 220 hi\nFEATURES STARTTLS\nON MAIL* => 530 5.7.0 STARTTLS first\nSERVE");

        assertThat(check("--cleartext", "praxis@two.example").exit()).isZero();
    }
}
