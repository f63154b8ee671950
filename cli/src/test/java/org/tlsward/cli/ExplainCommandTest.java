/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.testing.LevelPeers;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SmallZone;
import picocli.CommandLine.Help.Ansi;

/** The whole command against scripted servers and a small DNS. */
class ExplainCommandTest {
    @TempDir
    Path home;

    private final SmallZone zone = new SmallZone();
    private ScriptedServer server;

    @BeforeEach
    void configure() throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("var"));
        Files.writeString(conf.resolve("list.txt"), "@lab.example\ndr.*@two.example\n");
        Files.writeString(
                conf.resolve("tlsward.xml"),
                """
                <tlsward>
                  <classes default="general">
                    <class name="medical">
                      <members><address>praxis@two.example</address><file>file://conf/list.txt</file></members>
                      <outbound level="encrypt" giveUpAfter="4h"/>
                      <alternative lang="de">Bitte rufen Sie uns an.</alternative>
                    </class>
                    <class name="secret">
                      <members><address>safe@two.example</address></members>
                      <outbound level="never"/>
                    </class>
                    <class name="general"/>
                  </classes>
                  <destinations>
                    <destination match="two.example" level="verify"/>
                    <exception match="old.example" level="may" reason="they move" until="2999-12-31"/>
                  </destinations>
                  <dns mode="trust-ad"/>
                </tlsward>
                """);
        zone.with("two.example.", "MX", "10 mx.two.example.")
                .with("mx.two.example.", "A", "127.0.0.1")
                .with("null.example.", "MX", "0 .");
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

    private CommandRun explain(String... args) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(args));
        int port = server == null ? 9 : server.port();
        all.addAll(List.of("--dns", zone.server(), "--port", Integer.toString(port), "--timeout", "5s"));
        return CommandRun.of(home, all.toArray(String[]::new));
    }

    private static String flat(CommandRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private JsonNode json(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--json");
        return new ObjectMapper().readTree(explain(all.toArray(String[]::new)).out());
    }

    @Test
    void everyRuleAndTheNoticeShouldBeTold() {
        peer("no STARTTLS");

        CommandRun run = explain("praxis@two.example", "--lang", "de", "--from", "dr.a@two.example");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run))
                .contains("class medical: address praxis@two.example in tlsward.xml")
                .contains("aliases not known here")
                .contains("recipient-class medical (encrypt): TLS")
                .contains("sender-class medical (encrypt)")
                .contains("destination two.example (verify)")
                .contains("together TLS, a valid certificate")
                .contains("published DANE of mx.two.example: none")
                .contains("published MTA-STS of two.example: no policy")
                .contains("fail mail would wait, and be withheld after 4h: tls-not-offered")
                .contains("Its sender would get:")
                .contains("Nicht zugestellt: kein gesicherter Weg zum Empfänger")
                .contains("Was Sie stattdessen tun können: Bitte rufen Sie uns an.");
    }

    @Test
    void nothingOfAMailShouldBeSent() {
        peer("no STARTTLS");

        explain("praxis@two.example");

        assertThat(server.ended(0).commands())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS") || line.equals("QUIT"));
    }

    @Test
    void entryOfAFileShouldBeNamed() throws Exception {
        assertThat(json("x@lab.example", "--offline").at("/classes/0/because").asText())
                .isEqualTo("domain lab.example in " + home.resolve("conf/list.txt"));
        assertThat(json("dr.who@two.example", "--offline")
                        .at("/classes/0/because")
                        .asText())
                .startsWith("pattern dr.*@two.example in ");
        assertThat(json("x@three.example", "--offline").at("/classes/0").toString())
                .isEqualTo("{\"name\":\"general\",\"because\":\"it is in no other class\"}");
    }

    @Test
    void offlineShouldAskNobody() throws Exception {
        peer("no STARTTLS");

        JsonNode json = json("praxis@two.example", "--offline");

        assertThat(json.at("/prospect/mark").asText()).isEqualTo("not-applicable");
        assertThat(json.has("dsn")).isFalse();
        assertThat(json.path("publishes")).isEmpty();
        assertThat(server.connections()).isEmpty();
    }

    /** Nobody has to be asked for that. */
    @Test
    void whatNeverTravelsShouldBeToldOffline() throws Exception {
        JsonNode json = json("safe@two.example", "--offline");

        assertThat(json.path("reason").asText()).isEqualTo("never-by-mail");
        assertThat(json.at("/prospect/sentence").asText()).startsWith("would be withheld at once: never-by-mail");
        assertThat(json.at("/dsn/text").asText()).contains("Messages like this one must not be sent by e-mail");
    }

    @Test
    void domainThatTakesNoMailShouldComeBack() throws Exception {
        JsonNode json = json("a@null.example");

        assertThat(json.at("/prospect/mark").asText()).isEqualTo("fail");
        assertThat(json.at("/dsn/subject").asText()).isEqualTo("Not delivered: your message was not accepted");
        assertThat(json.at("/dsn/text").asText()).contains("null.example").doesNotContain("5.1.10");
    }

    /** On a terminal only, and never where the report goes. */
    @Test
    void progressShouldBeTold() {
        peer("no STARTTLS");
        String[] line = {
            "explain",
            "praxis@two.example",
            "--dns",
            zone.server(),
            "--port",
            Integer.toString(server.port()),
            "--timeout",
            "5s"
        };
        Surroundings surroundings = new Surroundings(home, name -> Optional.empty(), Clock.systemUTC());

        CommandRun terminal = CommandRun.of(surroundings, Ansi.ON, line);
        CommandRun pipe = CommandRun.of(surroundings, Ansi.OFF, line);

        assertThat(terminal.err())
                .isEqualToIgnoringWhitespace("... what would become of a mail for praxis@two.example?");
        assertThat(terminal.out()).contains("\u001B[").doesNotContain("... what");
        assertThat(pipe.err()).isEmpty();
        assertThat(pipe.out()).doesNotContain("\u001B");
    }

    /** The server of this configuration has written it down. */
    @Test
    void whatAnOperatorHasStoppedShouldBeTold() throws Exception {
        Instant now = Instant.now();
        Path file = Files.createDirectories(home.resolve("var/tlsward")).resolve("emergency-stops");
        String line = "{\"what\":\"no-tls\",\"name\":\"\",\"why\":\"a hole in TLS\",\"by\":\"anna\",\"since\":\"" + now
                + "\",\"until\":\"UNTIL\"}\n";
        Files.writeString(file, line.replace("UNTIL", now.plusSeconds(3600).toString()));
        JsonNode json = json("praxis@two.example", "--offline");
        assertThat(json.path("reason").asText()).isEqualTo("emergency");
        assertThat(json.path("admins").asText()).contains("a hole in TLS");

        Files.writeString(file, line.replace("UNTIL", now.minusSeconds(1).toString()));
        assertThat(json("praxis@two.example", "--offline").path("reason").asText())
                .isNotEqualTo("emergency");

        Files.writeString(file, "nonsense");
        CommandRun run = CommandRun.of(home, "explain", "praxis@two.example", "--offline");
        assertThat(run.err()).contains("Emergency stops of the server are not known here", "cannot be read");
    }

    @Test
    void exceptionShouldBeTold() throws Exception {
        JsonNode json = json("a@old.example", "--offline");

        assertThat(json.at("/exceptions/0").toString())
                .contains("\"kind\":\"exception\"", "\"name\":\"old.example\"", "\"reason\":\"they move\"");
    }
}
