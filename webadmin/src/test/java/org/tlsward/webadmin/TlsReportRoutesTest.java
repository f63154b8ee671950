/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsReportRoutesTest {
    @TempDir
    Path home;

    private RunningRoutes routes;

    @BeforeEach
    void start() throws Exception {
        routes = new RunningRoutes(home);
    }

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void reportsShouldBeListed() throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree(routes.get("/tlsward/api/tls-reports").body());

        assertThat(answer.path("more").asBoolean()).isFalse();
        JsonNode entry = answer.path("reports").path(0);
        assertThat(entry.path("id").asText())
                .isEqualTo(routes.reports.list().get(0).id());
        assertThat(entry.path("sender").asText()).isEqualTo("noreply@partner.example");
        assertThat(entry.path("reportId").asText()).isEqualTo("4\"2");
        assertThat(entry.path("start").asText()).isEqualTo("2026-11-22T00:00:00Z");
        assertThat(entry.path("successful").asLong(-1)).isZero();
        assertThat(entry.path("failed").asLong(-1)).isZero();
    }

    @Test
    void listShouldBeBoundedAndSaySo() throws Exception {
        routes.store(RunningRoutes.REPORT.replace("4\\\"2", "another"));

        JsonNode answer = new ObjectMapper()
                .readTree(routes.get("/tlsward/api/tls-reports?limit=1").body());
        assertThat(answer.path("reports")).hasSize(1);
        assertThat(answer.path("more").asBoolean()).isTrue();
    }

    @Test
    void reportShouldBeShownAsItsFormatHasIt() throws Exception {
        JsonNode answer = new ObjectMapper().readTree(show().body());

        assertThat(answer.path("sender").asText()).isEqualTo("noreply@partner.example");
        assertThat(answer.at("/report/report-id").asText()).isEqualTo("4\"2");
        assertThat(answer.at("/report/date-range/start-datetime").asText()).isEqualTo("2026-11-22T00:00:00Z");
    }

    @Test
    void hostileTextShouldStayData() throws Exception {
        for (HttpResponse<String> answer : java.util.List.of(show(), routes.get("/tlsward/api/tls-reports"))) {
            assertThat(answer.headers().allValues("content-type"))
                    .singleElement()
                    .asString()
                    .startsWith("application/json");
            assertThat(answer.headers().allValues("x-content-type-options")).containsExactly("nosniff");
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .startsWith("default-src 'none'");
            // Neither what steers a terminal nor what turns text around.
            assertThat(answer.body()).contains("alert(1)").matches("[ -~]*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "..", "%2e%2e", "..%2f..%2fconf%2ftlsward-tokens", "%00", "*"})
    void whatIsNoReportShouldNotBeFound(String id) throws Exception {
        assertThat(routes.get("/tlsward/api/tls-reports/" + id).statusCode()).isBetween(400, 404);
    }

    @Test
    void reportThatIsNotThereShouldBeToldAsJson() throws Exception {
        HttpResponse<String> answer = routes.get("/tlsward/api/tls-reports/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new ObjectMapper().readTree(answer.body()).path("message").asText())
                .startsWith("no such report (expected: ");
    }

    private HttpResponse<String> show() throws Exception {
        return routes.get(
                "/tlsward/api/tls-reports/" + routes.reports.list().get(0).id());
    }
}
