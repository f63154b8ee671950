/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.token.TokenGate;
import spark.Spark;

/** The shell on James' own web server, where WebAdmin has a password. */
class TlsWardPageTest {
    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private WebAdminServer server;

    @BeforeEach
    void start() {
        RequestGuard guard =
                new RequestGuard(List.of("mailadmin.klinik.example"), new TokenGate(home.resolve("tlsward-tokens")));
        server = new WebAdminServer(
                WebAdminConfiguration.TEST_CONFIGURATION,
                List.of(new TlsWardPage(guard), new FakeApi()),
                (request, response) -> Spark.halt(401, "No Bearer header."),
                new RecordingMetricFactory(),
                LoggingRequestFilter.create()) {}.start();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    /** Or nobody could enter the password: what it protects is behind /tlsward/api. */
    @Test
    void shellShouldBeServedWithoutTokenOrPassword() throws Exception {
        HttpResponse<String> shell = get("/tlsward", Map.of());

        assertThat(shell.statusCode()).isEqualTo(200);
        assertThat(shell.headers().firstValue("content-type")).contains("text/html;charset=utf-8");
        assertThat(shell.body()).contains("tlsward/page/main.js");
        assertThat(get("/tlsward/api/visitor", Map.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void everyAnswerShouldBeLockedIn() throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String path : paths()) {
            answers.add(get(path, Map.of()));
            answers.add(get(path, Map.of("Host", "evil.example")));
        }
        answers.add(get("/tlsward/page/nothing.js", Map.of()));
        answers.add(get("/tlsward/page//page.css", Map.of()));
        answers.add(get("//tlsward/page/page.css", Map.of("Host", "evil.example")));
        for (HttpResponse<String> answer : answers) {
            Map<String, List<String>> headers = answer.headers().map();
            assertThat(headers.get("content-security-policy"))
                    .as(answer.toString())
                    .containsExactly("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                            + " require-trusted-types-for 'script'; trusted-types 'none'");
            assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
            assertThat(headers.get("x-frame-options")).containsExactly("DENY");
            assertThat(headers.get("referrer-policy")).containsExactly("no-referrer");
            assertThat(headers.get("cross-origin-opener-policy")).containsExactly("same-origin");
            assertThat(headers.get("cross-origin-resource-policy")).containsExactly("same-origin");
            assertThat(headers.get("cache-control")).containsExactly("no-cache");
            assertThat(headers).doesNotContainKeys("access-control-allow-origin", "access-control-allow-headers");
        }
    }

    @Test
    void namesOfStrangersShouldBeRefused() throws Exception {
        for (String path : paths()) {
            for (String host : List.of("evil.example", "localhost.evil.example", "evil.example:8000")) {
                HttpResponse<String> answer = get(path, Map.of("Host", host));
                assertThat(answer.statusCode()).as(path + " at " + host).isEqualTo(403);
                assertThat(answer.body()).doesNotContain("<", "import");
            }
            for (String host : List.of("localhost:8000", "127.0.0.1", "[::1]:8000", "MailAdmin.klinik.example")) {
                assertThat(get(path, Map.of("Host", host)).statusCode())
                        .as(path + " at " + host)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void browserShouldKeepWhatHasNotChanged() throws Exception {
        for (String path : paths()) {
            String tag = get(path, Map.of()).headers().firstValue("etag").orElseThrow();

            HttpResponse<String> again = get(path, Map.of("If-None-Match", tag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(get(path, Map.of("If-None-Match", "\"old\"")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void slashAtTheEndShouldLeadToThePage() throws Exception {
        HttpResponse<String> answer = get("/tlsward/", Map.of());

        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("location")).contains("../tlsward");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tlsward/page",
                "/tlsward/page/",
                "/tlsward/page/index.html",
                "/tlsward/page/../TlsWardPage.class",
                "/tlsward/page/%2e%2e/TlsWardPage.class",
                "/tlsward/page/..%2fTlsWardPage.class",
                "/tlsward/page/page.css/x"
            })
    void nothingElseShouldBeServed(String path) throws Exception {
        HttpResponse<String> answer = get(path, Map.of());

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of(TlsWardPage.BASE));
        PageFiles.NAMES.forEach(name -> paths.add(TlsWardPage.FILES + "/" + name));
        return paths;
    }

    private HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getPort().getValue() + path));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
