/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;
import org.tlsward.token.TokenFile;
import org.tlsward.token.TokenGate;
import spark.Service;
import spark.routematch.RouteMatch;

/** On James' own web server with James' own filters, over HTTP. */
class TlsWardRoutesTest {
    private static final String TOKEN = "X-TlsWard-Token";

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HealthProblem> problems = new ArrayList<>();
    private final Recorded routes = new Recorded();
    private WebAdminServer server;
    private String anna;

    /** Remembers what was registered, so that no test has to know the list. */
    private static final class Recorded implements Routes {
        private TlsWardRoutes routes;
        private Service service;

        @Override
        public String getBasePath() {
            return routes.getBasePath();
        }

        @Override
        public void define(Service definedOn) {
            service = definedOn;
            routes.define(definedOn);
        }

        List<RouteMatch> all() {
            return service.routes().stream()
                    .filter(route -> route.getMatchUri().startsWith(TlsWardRoutes.BASE))
                    .filter(route -> List.of("get", "post", "put", "patch", "delete")
                            .contains(route.getHttpMethod().name()))
                    .toList();
        }
    }

    @BeforeEach
    void start() throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("var"));
        Files.writeString(
                conf.resolve("tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        Path tokens = conf.resolve(TokenFile.NAME);
        anna = new TokenFile(tokens, Clock.systemUTC()).add("anna");
        WardHealth health = new WardHealth(new Ward(new HomeFileSystem(home)));
        health.add(() -> List.copyOf(problems));
        routes.routes =
                new TlsWardRoutes(new RequestGuard(List.of("MailAdmin.klinik.example"), new TokenGate(tokens)), health);
        server = WebAdminUtils.createWebAdminServer(routes).start();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void ownerOfATokenShouldGetIn() throws Exception {
        HttpResponse<String> answer = get("/tlsward/api/visitor", Map.of(TOKEN, anna));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"name\":\"anna\"}");
    }

    @Test
    void healthShouldTellWhatIsWrong() throws Exception {
        assertThat(get("/tlsward/api/health", Map.of(TOKEN, anna)).body())
                .isEqualTo("{\"status\":\"healthy\",\"problems\":[]}");
        problems.add(new HealthProblem(Severity.DEGRADED, "resolver", "drops \"DNSSEC\""));
        assertThat(get("/tlsward/api/health", Map.of(TOKEN, anna)).body())
                .isEqualTo(
                        "{\"status\":\"degraded\",\"problems\":[{\"severity\":\"degraded\",\"component\":\"resolver\","
                                + "\"message\":\"drops \\\"DNSSEC\\\"\"}]}");
        problems.add(new HealthProblem(Severity.UNHEALTHY, "disk", "full"));
        assertThat(get("/tlsward/api/health", Map.of(TOKEN, anna)).body()).startsWith("{\"status\":\"unhealthy\"");
    }

    @Test
    void everyRouteShouldAskForATokenFirst() throws Exception {
        assertThat(routes.all()).isNotEmpty();
        for (RouteMatch route : routes.all()) {
            assertThat(send(route, Map.of()).statusCode()).as(route.toString()).isEqualTo(401);
            assertThat(send(route, Map.of(TOKEN, "anna.wrong")).statusCode())
                    .as(route.toString())
                    .isEqualTo(401);
            assertThat(send(route, Map.of(TOKEN, anna)).statusCode())
                    .as(route.toString())
                    .isNotIn(401, 403);
        }
    }

    @Test
    void everyRouteShouldRefuseOtherSitesAndNames() throws Exception {
        for (RouteMatch route : routes.all()) {
            for (Map<String, String> foreign : List.of(
                    Map.of("Origin", "https://evil.example"),
                    Map.of("Origin", "null"),
                    Map.of("Origin", "http://127.0.0.1:1"),
                    Map.of("Origin", "::"),
                    Map.of("Sec-Fetch-Site", "cross-site"),
                    Map.of("Sec-Fetch-Site", "same-site"),
                    Map.of("Host", "evil.example"),
                    Map.of("Host", "localhost.evil.example"),
                    Map.of("Host", "mailadmin.klinik.example.evil.example:8000"))) {
                Map<String, String> headers = new java.util.HashMap<>(foreign);
                headers.put(TOKEN, anna);
                HttpResponse<String> answer = send(route, headers);
                assertThat(answer.statusCode()).as(route + " " + foreign).isEqualTo(403);
                assertHeaders(answer);
            }
        }
    }

    @Test
    void noRouteShouldBeReadableForOtherSites() throws Exception {
        for (RouteMatch route : routes.all()) {
            assertHeaders(send(route, Map.of(TOKEN, anna)));
            assertHeaders(send(route, Map.of()));
        }
    }

    /** James answers the question of a browser beforehand with a yes to everything. */
    @Test
    void preflightShouldBeRefused() throws Exception {
        for (RouteMatch route : routes.all()) {
            HttpResponse<String> answer =
                    send("OPTIONS", route.getMatchUri(), Map.of("Origin", "https://evil.example"));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertHeaders(answer);
        }
    }

    @Test
    void namesOfOursShouldPass() throws Exception {
        for (String host : List.of(
                "localhost", "LOCALHOST:8000", "[::1]:8000", "192.0.2.7", "mailadmin.klinik.example", "127.0.0.1")) {
            assertThat(get("/tlsward/api/visitor", Map.of(TOKEN, anna, "Host", host))
                            .statusCode())
                    .as(host)
                    .isEqualTo(200);
        }
        assertThat(get(
                                "/tlsward/api/visitor",
                                Map.of(
                                        TOKEN,
                                        anna,
                                        "Host",
                                        "mailadmin.klinik.example",
                                        "Origin",
                                        "https://mailadmin.klinik.example"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tlsward/api",
                "/tlsward/api/",
                "/tlsward/api/health/",
                "/tlsward/api/nothing",
                "/tlsward/api//health",
                "//tlsward/api/health",
                "/tlsward/./api/health",
                "/tlsward/x/../api/health",
                "/%74lsward/api/health",
                "/tlsward%2Fapi%2Fhealth",
                "/tlsward/api/health;x=1",
                "/tlsward/api/health?x=1"
            })
    void noSpellingOfAPathShouldGetByWithoutAToken(String path) throws Exception {
        HttpResponse<String> answer = get(path, Map.of());

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain("healthy");
    }

    private static void assertHeaders(HttpResponse<String> answer) {
        Map<String, List<String>> headers = answer.headers().map();
        assertThat(headers).doesNotContainKeys("access-control-allow-origin", "access-control-allow-headers");
        assertThat(headers.get("cache-control")).containsExactly("no-store");
        assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
        assertThat(headers.get("content-type")).allMatch(type -> type.startsWith("application/json"));
    }

    private HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
        return send("GET", path, headers);
    }

    private HttpResponse<String> send(RouteMatch route, Map<String, String> headers) throws Exception {
        String path = route.getMatchUri().replaceAll(":[a-zA-Z]+", "some");
        return send(route.getHttpMethod().name().toUpperCase(java.util.Locale.ROOT), path, headers);
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getPort().getValue() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As James has it. */
    private record HomeFileSystem(Path home) implements FileSystem {
        @Override
        public InputStream getResource(String url) {
            throw new UnsupportedOperationException(url);
        }

        @Override
        public File getFile(String url) {
            return home.resolve(url.substring("file://".length())).toFile();
        }

        @Override
        public File getBasedir() {
            return home.toFile();
        }
    }
}
