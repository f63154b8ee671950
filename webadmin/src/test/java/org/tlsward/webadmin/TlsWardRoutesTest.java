/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.webadmin.RunningRoutes.TOKEN;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.version.Version;
import spark.routematch.RouteMatch;

/** On James' own web server with James' own filters, over HTTP. */
class TlsWardRoutesTest {
    @TempDir
    Path home;

    private RunningRoutes routes;
    private String anna;

    @BeforeEach
    void start() throws Exception {
        routes = new RunningRoutes(home);
        anna = routes.anna;
    }

    @AfterEach
    void stop() {
        routes.close();
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
                .isEqualTo("{\"status\":\"healthy\",\"version\":\"" + Version.running() + "\",\"problems\":[]}");
        routes.problems.add(new HealthProblem(Severity.DEGRADED, "resolver", "drops \"DNSSEC\""));
        assertThat(get("/tlsward/api/health", Map.of(TOKEN, anna)).body())
                .isEqualTo("{\"status\":\"degraded\",\"version\":\"" + Version.running()
                        + "\",\"problems\":[{\"severity\":\"degraded\",\"component\":\"resolver\","
                        + "\"message\":\"drops \\\"DNSSEC\\\"\"}]}");
        routes.problems.add(new HealthProblem(Severity.UNHEALTHY, "disk", "full"));
        assertThat(get("/tlsward/api/health", Map.of(TOKEN, anna)).body()).startsWith("{\"status\":\"unhealthy\"");
    }

    @Test
    void everyRouteShouldAskForATokenFirst() throws Exception {
        assertThat(routes.all()).isNotEmpty();
        for (RouteMatch route : routes.all()) {
            assertThat(routes.send(route, Map.of()).statusCode())
                    .as(route.toString())
                    .isEqualTo(401);
            assertThat(routes.send(route, Map.of(TOKEN, "anna.wrong")).statusCode())
                    .as(route.toString())
                    .isEqualTo(401);
        }
        assertThat(routes.queue.retried).isEmpty();
        assertThat(routes.outgoing.held()).isEmpty();
        assertThat(routes.quarantine.relayed).isEmpty();
        assertThat(routes.quarantine.returned).isEmpty();
    }

    @Test
    void everyRouteShouldAnswerToAToken() throws Exception {
        for (RouteMatch route : routes.all()) {
            HttpResponse<String> answer = routes.send(route, Map.of(TOKEN, anna));
            assertThat(answer.statusCode()).as(route + ": " + answer.body()).isEqualTo(200);
        }
    }

    /** The list that the tests above walk. */
    @Test
    void routesShouldBeKnown() {
        assertThat(routes.all().stream().map(route -> route.getHttpMethod() + " " + route.getMatchUri()))
                .containsExactlyInAnyOrder(
                        "get /tlsward/api/health",
                        "get /tlsward/api/visitor",
                        "get /tlsward/api/queue",
                        "get /tlsward/api/queue/held",
                        "post /tlsward/api/queue/retry",
                        "post /tlsward/api/queue/:destination/retry",
                        "post /tlsward/api/queue/:destination/hold",
                        "post /tlsward/api/queue/:destination/resume",
                        "get /tlsward/api/tls-reports",
                        "get /tlsward/api/tls-reports/:id",
                        "get /tlsward/api/mta-sts",
                        "get /tlsward/api/figures",
                        "get /tlsward/api/evidence",
                        "get /tlsward/api/evidence/certificate",
                        "get /tlsward/api/suggestions",
                        "get /tlsward/api/reports/month",
                        "get /tlsward/api/reports/partner",
                        "get /tlsward/api/quarantine",
                        "get /tlsward/api/quarantine/:id",
                        "post /tlsward/api/quarantine/release",
                        "post /tlsward/api/quarantine/:id/release",
                        "post /tlsward/api/quarantine/:id/override",
                        "post /tlsward/api/quarantine/:id/confirm",
                        "post /tlsward/api/quarantine/:id/withdraw",
                        "post /tlsward/api/quarantine/:id/bounce",
                        "get /tlsward/api/emergency",
                        "post /tlsward/api/emergency/stop",
                        "post /tlsward/api/emergency/resume",
                        "post /tlsward/api/check",
                        "get /tlsward/api/explain",
                        "get /tlsward/api/classes",
                        "get /tlsward/api/exceptions",
                        "get /tlsward/api/resolver",
                        "post /tlsward/api/headers");
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
                HttpResponse<String> answer = routes.send(route, headers);
                assertThat(answer.statusCode()).as(route + " " + foreign).isEqualTo(403);
                assertHeaders(answer);
            }
        }
        assertThat(routes.queue.retried).isEmpty();
        assertThat(routes.outgoing.held()).isEmpty();
        assertThat(routes.quarantine.relayed).isEmpty();
        assertThat(routes.quarantine.returned).isEmpty();
    }

    @Test
    void noRouteShouldBeReadableForOtherSites() throws Exception {
        for (RouteMatch route : routes.all()) {
            assertHeaders(routes.send(route, Map.of(TOKEN, anna)));
            assertHeaders(routes.send(route, Map.of()));
        }
    }

    /** James answers the question of a browser beforehand with a yes to everything. */
    @Test
    void preflightShouldBeRefused() throws Exception {
        for (RouteMatch route : routes.all()) {
            HttpResponse<String> answer =
                    routes.send("OPTIONS", route.getMatchUri(), Map.of("Origin", "https://evil.example"));
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
        return routes.send("GET", path, headers);
    }
}
