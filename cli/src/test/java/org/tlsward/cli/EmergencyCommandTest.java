/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** The command against a server that says what a real one says. */
class EmergencyCommandTest {
    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private String answer = "";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    private CommandRun run(String... args) {
        Stream<String> server = Stream.of(
                "--server", "http://127.0.0.1:" + this.server.getAddress().getPort());
        return CommandRun.of(
                new Surroundings(
                        home,
                        name -> name.equals("TLSWARD_TOKEN") ? Optional.of("anna.secret") : Optional.empty(),
                        Clock.systemUTC(),
                        443,
                        new ByteArrayInputStream(new byte[0])),
                Ansi.OFF,
                Stream.of(Stream.of("emergency"), Stream.of(args), server)
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    @Test
    void stopShouldTellTheServerWhatAndWhy() {
        answer = "{\"stopped\":true,\"changed\":true}";
        assertThat(run("stop", "--class", "medical", "--why", "a key was stolen")
                        .out())
                .isEqualTo("Mail of the class medical is stopped.\n");
        assertThat(run("stop", "--destination", ".partner.example", "--why", "x")
                        .exit())
                .isZero();
        assertThat(run("stop", "--all", "--why", "x", "--json").out()).contains("\"stopped\" : true");
        answer = "{\"stopped\":true,\"changed\":false}";
        assertThat(run("stop", "--all", "--why", "x").out())
                .isEqualTo("All protected mail is stopped. It was before, and nothing has changed.\n");

        assertThat(asked)
                .startsWith(
                        "POST /tlsward/api/emergency/stop {\"what\":\"class\",\"name\":\"medical\",\"why\":\"a key was stolen\"}",
                        "POST /tlsward/api/emergency/stop {\"what\":\"destination\",\"name\":\".partner.example\",\"why\":\"x\"}",
                        "POST /tlsward/api/emergency/stop {\"what\":\"all\",\"name\":\"\",\"why\":\"x\"}");
    }

    @Test
    void resumeShouldTellTheServerWhat() {
        answer = "{\"resumed\":true}";
        assertThat(run("resume", "--class", "medical").out()).isEqualTo("Mail of the class medical goes on.\n");
        assertThat(asked)
                .containsExactly("POST /tlsward/api/emergency/resume {\"what\":\"class\",\"name\":\"medical\"}");
    }

    @Test
    void modesShouldTellTheServerWhatUntilWhenAndWhy() {
        answer = "{\"stopped\":true,\"changed\":true,\"what\":\"no-tls\",\"until\":\"2027-03-01T14:00:00Z\","
                + "\"warning\":\"nothing is \\u001b[31mleft\"}";
        CommandRun run = run("no-tls", "--until", "2h", "--reason", "a hole");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo("TLS is switched off. General mail goes in cleartext, protected mail waits."
                        + " It ends by itself at 2027-03-01T14:00:00Z.\n");
        assertThat(run.err()).startsWith("Warning: nothing is").doesNotContain("\u001b");
        assertThat(run("stop", "--until", "30m", "--reason", "x").out()).startsWith("The whole server is stopped");
        assertThat(run("stop", "--class", "medical", "--until", "3d", "--reason", "x")
                        .exit())
                .isZero();
        assertThat(run("refuse-version", "TLSv1.2", "--until", "24h", "--reason", "x")
                        .out())
                .startsWith("TLSv1.2 is refused.");
        assertThat(run("refuse-cipher", "*_CBC_*", "--until", "24h", "--reason", "x")
                        .out())
                .startsWith("Cipher suites like *_CBC_* are refused.");
        assertThat(run("--until", "2h", "--reason", "x").out()).startsWith("TLS is switched off");
        answer = "{\"stopped\":true,\"changed\":true,\"what\":\"server\"}";
        assertThat(run("--until", "2h", "--reason", "x").out()).startsWith("The whole server is stopped");

        String stop = "POST /tlsward/api/emergency/stop ";
        assertThat(asked)
                .containsExactly(
                        stop + "{\"what\":\"no-tls\",\"why\":\"a hole\",\"until\":\"2h\"}",
                        stop + "{\"what\":\"server\",\"why\":\"x\",\"until\":\"30m\"}",
                        stop + "{\"what\":\"class\",\"name\":\"medical\",\"why\":\"x\",\"until\":\"3d\"}",
                        stop + "{\"what\":\"refuse-version\",\"name\":\"TLSv1.2\",\"why\":\"x\",\"until\":\"24h\"}",
                        stop + "{\"what\":\"refuse-cipher\",\"name\":\"*_CBC_*\",\"why\":\"x\",\"until\":\"24h\"}",
                        stop + "{\"why\":\"x\",\"until\":\"2h\"}",
                        stop + "{\"why\":\"x\",\"until\":\"2h\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-tls --reason x",
                "no-tls --until soon --reason x",
                "no-tls --until 2h",
                "stop --reason x",
                "refuse-version --until 2h --reason x",
                "--until 2h",
                "--reason x",
                "resume world",
                "resume no-tls x",
                "resume refuse-version",
                "resume no-tls --all"
            })
    void whatMakesNoSenseShouldNotReachTheServer(String line) {
        assertThat(run(line.split(" ")).exit()).isEqualTo(64);
        assertThat(asked).isEmpty();
    }

    @Test
    void modesShouldBeResumedByNameOrAsTheOnlyOne() {
        answer = "{\"resumed\":true}";
        assertThat(run("resume", "no-tls").out()).isEqualTo("Ended: no-tls.\n");
        assertThat(run("resume", "stop").exit()).isZero();
        assertThat(run("resume", "refuse-cipher", "*_CBC_*").exit()).isZero();
        String resume = "POST /tlsward/api/emergency/resume ";
        assertThat(asked)
                .containsExactly(
                        resume + "{\"what\":\"no-tls\",\"name\":\"\"}",
                        resume + "{\"what\":\"server\",\"name\":\"\"}",
                        resume + "{\"what\":\"refuse-cipher\",\"name\":\"*_CBC_*\"}");
        asked.clear();

        answer = "{\"stops\":[{\"what\":\"refuse-version\",\"name\":\"TLSv1.2\"}],\"more\":false}";
        assertThat(run("resume").out()).isEqualTo("Ended: refuse-version TLSv1.2.\n");
        assertThat(asked).last().isEqualTo(resume + "{\"what\":\"refuse-version\",\"name\":\"TLSv1.2\"}");
        asked.clear();

        answer = "{\"stops\":[{\"what\":\"no-tls\",\"name\":\"\"},{\"what\":\"class\",\"name\":\"medical\"}]}";
        assertThat(run("resume").err()).contains("several things are stopped", "no-tls, class medical");
        answer = "{\"stops\":[]}";
        assertThat(run("resume").err()).contains("nothing is stopped");
        assertThat(asked).allMatch(line -> line.startsWith("GET"));
    }

    @Test
    void whatTheServerRefusesShouldBeAProblem() {
        status = 404;
        answer = "{\"message\":\"nothing is stopped for all\"}";
        CommandRun run = run("resume", "--all");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("nothing is stopped for all");
    }

    @Test
    void listShouldSayWhoWhyAndSinceAndNotSteerTheTerminal() {
        answer = "{\"stops\":[],\"more\":false}";
        assertThat(run("list").exit()).isZero();
        assertThat(run("list").out()).isEqualTo("Nothing is stopped.\n");

        answer = "{\"stops\":[{\"what\":\"class\",\"name\":\"medical\",\"why\":\"a \\u001b[31mkey\",\"by\":\"anna\","
                + "\"since\":\"2027-03-01T12:00:00Z\",\"until\":\"2027-03-01T14:00:00Z\"}],\"more\":false}";
        CommandRun run = run("list");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("class medical\n  by anna since 2027-03-01T12:00:00Z until 2027-03-01T14:00:00Z\n")
                .doesNotContain("\u001b");
    }
}
