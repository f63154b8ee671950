/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The routes in a stock James, with tokens that the command line makes. */
class WebAdminRoutesTest {
    private static final String VISITOR = "/tlsward/api/visitor";

    private static WorkingDirectory directory;
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        directory = WorkingDirectory.create("webadmin", "keep").withExtension();
        james = RunningJames.start(RunningJames.Program.stock(), directory);
    }

    @AfterAll
    static void stop() {
        james.close();
    }

    @Test
    void tokenOfTheCommandLineShouldOpenTheRoutesUntilItIsRevoked() throws Exception {
        assertThat(get(VISITOR, "X-TlsWard-Token: anna.wrong")).startsWith("HTTP/1.1 401");
        String token = tlsward("token", "add", "anna");

        String answer = get(VISITOR, "X-TlsWard-Token: " + token);
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{\"name\":\"anna\"}");
        assertThat(get("/tlsward/api/health", "X-TlsWard-Token: " + token)).contains("\"status\":");

        tlsward("token", "revoke", "anna");
        assertThat(get(VISITOR, "X-TlsWard-Token: " + token)).startsWith("HTTP/1.1 401");
    }

    @Test
    void otherSitesAndNamesShouldBeRefusedWithAGoodToken() throws Exception {
        String token = "X-TlsWard-Token: " + tlsward("token", "add", "bert");

        assertThat(get(VISITOR, token)).startsWith("HTTP/1.1 200");
        assertThat(get(VISITOR, token + "\r\nOrigin: https://evil.example")).startsWith("HTTP/1.1 403");
        assertThat(request("evil.example", VISITOR, token)).startsWith("HTTP/1.1 403");
    }

    @Test
    void noOtherSiteShouldBeAllowedToReadAnAnswer() throws Exception {
        String token = "X-TlsWard-Token: " + tlsward("token", "add", "carla");

        assertThat(get(VISITOR, token))
                .doesNotContain("Access-Control-Allow-Origin")
                .contains("no-store", "nosniff");
        assertThat(get(VISITOR, "Accept: */*")).doesNotContain("Access-Control-Allow-Origin");
        // What James does by itself, and what makes all this necessary.
        assertThat(get("/healthcheck", "Accept: */*")).contains("Access-Control-Allow-Origin");
    }

    private static String get(String path, String headers) throws IOException {
        return request("127.0.0.1:" + directory.port(Port.WEBADMIN), path, headers);
    }

    private static String request(String host, String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), directory.port(Port.WEBADMIN))) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // A body without a length comes in chunks: its sizes are left out.
            return answer.replaceAll("\r\n[0-9A-Fa-f]+\r\n", "\r\n").stripTrailing();
        }
    }

    private static String tlsward(String... args) throws Exception {
        Path script = Project.path("cli/tlsward");
        String[] command = new String[args.length + 3];
        command[0] = script.toString();
        System.arraycopy(args, 0, command, 1, args.length);
        command[args.length + 1] = "--conf";
        command[args.length + 2] = directory.root().resolve("conf").toString();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectError(Project.target("tlsward.err").toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": " + RunningJames.read(Project.target("tlsward.err")));
        }
        return out.strip();
    }
}
