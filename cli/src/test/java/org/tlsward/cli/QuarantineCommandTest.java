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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** The command against a server that says what a real one says. */
class QuarantineCommandTest {
    private static final String MAIL =
            """
            {"id":"ab12-mail","repository":"file://var/mail/tls-withheld/","sender":"clinician@klinik.example",
            "recipients":["arzt@partner.example"],"subject":"finding \\u001b[31m","reason":"tls-not-offered","sentence":"no STARTTLS",
            "withheldAt":"2026-11-22T12:00:00Z","size":7,"required":"TLS","explanation":"It did not travel.","admins":"no STARTTLS",
            "headers":[{"name":"X-Evil","value":"\\u001b[2J"}],
            "overrides":[{"level":"encrypt","means":"TLS with any certificate"},{"level":"may","means":"cleartext perhaps"}]
            PENDING}""";
    private static final String PENDING =
            ",\"pending\":{\"by\":\"anna\",\"at\":\"2026-11-22T13:00:00Z\",\"why\":\"theatre\",\"level\":\"may\",\"means\":\"cleartext perhaps\"}";

    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("GET /tlsward/api/quarantine/ab12-mail", mail(""));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private final List<String> passwords = new CopyOnWriteArrayList<>();

    private static String mail(String pending) {
        return MAIL.replace("PENDING", pending).replace("\\\\", "\\");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(what + " " + exchange.getRequestHeaders().getFirst("X-TlsWard-Token") + " " + body);
        for (String header : List.of("Password", "Authorization")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                    .ifPresent(value -> passwords.add(header + ": " + value));
        }
        byte[] answer = answers.getOrDefault(what, "{\"message\":\"there is no such mail\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(answers.containsKey(what) ? status : 404, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private CommandRun run(String input, String... args) {
        List<String> all = new ArrayList<>(List.of("quarantine"));
        all.addAll(List.of(args));
        all.addAll(List.of("--server", "http://127.0.0.1:" + server.getAddress().getPort()));
        return CommandRun.of(
                new Surroundings(
                        home,
                        name -> name.equals("TLSWARD_TOKEN") ? Optional.of("anna.secret") : Optional.empty(),
                        Clock.systemUTC(),
                        443,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))),
                Ansi.OFF,
                all.toArray(new String[0]));
    }

    @Test
    void listShouldShowMailAndNothingThatSteersTheTerminal() {
        answers.put(
                "GET /tlsward/api/quarantine", "{\"mails\":[" + mail(PENDING) + "],\"more\":true,\"fourEyes\":true}");

        CommandRun run = run("", "list", "--destination", "partner.example");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("ab12-mail", "<clinician@klinik.example> -> <arzt@partner.example>", "tls-not-offered")
                .contains(
                        "anna wants it to travel under \"may\" (cleartext perhaps), because: theatre", "There is more")
                .doesNotContain("\u001b");
        assertThat(asked).singleElement().asString().contains("anna.secret");
    }

    @Test
    void showShouldTellWhyWithoutSteeringTheTerminal() {
        CommandRun run = run("", "show", "ab12-mail");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("It did not travel.", "X-Evil", "file://var/mail/tls-withheld/")
                .doesNotContain("\u001b");
        assertThat(run("", "show", "ab12-mail", "--json").out()).contains("\"reason\" : \"tls-not-offered\"");
    }

    @Test
    void releaseShouldNameWhatItReleases() {
        answers.put("POST /tlsward/api/quarantine/ab12-mail/release", "{\"state\":\"released\"}");
        answers.put("POST /tlsward/api/quarantine/release", "{\"released\":3}");

        assertThat(run("", "release", "ab12-mail").out()).contains("ab12-mail is on its way");
        assertThat(run("", "release", "--destination", "partner.example").out())
                .contains("3 mails")
                .doesNotContain("could not");
        answers.put("POST /tlsward/api/quarantine/release", "{\"released\":3,\"failed\":2}");
        CommandRun some = run("", "release", "--destination", "partner.example");
        assertThat(some.out()).contains("3 mails", "2 could not be released");
        assertThat(some.exit()).isEqualTo(1);
        assertThat(asked.get(1)).endsWith("{\"destination\":\"partner.example\"}");
        assertThat(run("", "release", "ab12-mail", "--destination", "partner.example")
                        .exit())
                .isEqualTo(64);
    }

    @Test
    void overrideShouldShowWhatItLowersToAndAskFirst() {
        answers.put("POST /tlsward/api/quarantine/ab12-mail/override", "{\"state\":\"pending\"}");

        CommandRun refused = run("no\n", "override", "ab12-mail", "--why", "theatre", "--level", "may");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("needs: TLS", "\"may\": cleartext perhaps", "Nothing was done.");
        assertThat(asked).noneMatch(line -> line.startsWith("POST"));

        CommandRun run = run("yes\n", "override", "ab12-mail", "--why", "theatre", "--level", "may");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Another person has to confirm it");
        assertThat(asked.get(asked.size() - 1)).endsWith("{\"why\":\"theatre\",\"level\":\"may\"}");
        assertThat(run("", "override", "ab12-mail", "--why", "x", "--level", "none")
                        .exit())
                .isEqualTo(64);
    }

    @Test
    void confirmShouldAgreeWithWhatItHasShownAndNothingElse() {
        assertThat(run("yes\n", "confirm", "ab12-mail").exit()).isEqualTo(1);
        answers.put("GET /tlsward/api/quarantine/ab12-mail", mail(PENDING));
        answers.put("POST /tlsward/api/quarantine/ab12-mail/confirm", "{\"state\":\"released\"}");

        CommandRun run = run("yes\n", "confirm", "ab12-mail");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("anna wants it to travel under \"may\"");
        assertThat(asked.get(asked.size() - 1)).endsWith("{\"at\":\"2026-11-22T13:00:00Z\"}");
    }

    @Test
    void whatTheServerRefusesShouldBeToldWithItsWords() {
        CommandRun run = run("", "bounce", "ab12-other");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("tlsward quarantine bounce: there is no such mail\n");
    }

    @Test
    void serverThatIsIllOrRedirectsShouldBeCouldNotTell() {
        for (int answer : new int[] {302, 401, 500, 503}) {
            status = answer;
            assertThat(run("", "show", "ab12-mail").exit()).as("" + answer).isEqualTo(2);
        }
        assertThat(asked).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mail.klinik.example:8000",
                "http://192.0.2.1:8000",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://user@127.0.0.1:8000",
                "ftp://127.0.0.1",
                "127.0.0.1:8000",
                "https://",
                "https://x y"
            })
    void tokenShouldNotTravelInCleartext(String url) throws IOException {
        Files.writeString(home.resolve("token"), "anna.secret\n");
        CommandRun run = CommandRun.of(home, "quarantine", "list", "--token-file", "token", "--server", url);

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).contains("unsupported server \"" + url + "\"");
    }

    @Test
    void tokenShouldComeFromAFile() throws IOException {
        answers.put("GET /tlsward/api/quarantine", "{\"mails\":[],\"more\":false}");
        Files.writeString(home.resolve("token"), "boris.secret\n");

        CommandRun run = run("", "list", "--token-file", "token");

        assertThat(run.out()).isEqualTo("Nothing is withheld.\n");
        assertThat(asked).singleElement().asString().contains("boris.secret");
    }

    /** As PasswordFilter and JwtFilter of James want it. */
    @ParameterizedTest
    @CsvSource({"Grüner-Tee?, 64, ", "two words, 0, Password: two words", "aa.bb.cc, 0, Authorization: Bearer aa.bb.cc"
    })
    void passwordOfWebAdminShouldGoWithTheToken(String password, int exit, String header) throws IOException {
        answers.put("GET /tlsward/api/quarantine", "{\"mails\":[],\"more\":false}");
        Files.writeString(home.resolve("password"), password + "\n");

        CommandRun run = run("", "list", "--webadmin-password-file", "password");

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(passwords).containsExactlyElementsOf(header == null ? List.of() : List.of(header));
    }

    @Test
    void gateOfWebAdminShouldBeToldFromOurs() {
        status = 401;
        answers.put("GET /tlsward/api/quarantine", "No Password header.");

        CommandRun run = run("", "list");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--webadmin-password-file", "TLSWARD_WEBADMIN_PASSWORD");
        assertThat(passwords).isEmpty();
    }
}
