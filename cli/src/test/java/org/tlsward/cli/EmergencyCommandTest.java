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
        assertThat(run("stop", "--all", "--why", "x").out()).isEqualTo("All protected mail was stopped already.\n");

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
                + "\"since\":\"2027-03-01T12:00:00Z\"}],\"more\":false}";
        CommandRun run = run("list");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("class medical\n  by anna since 2027-03-01T12:00:00Z\n")
                .doesNotContain("\u001b");
    }
}
