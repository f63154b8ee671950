/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofRoutesTest {
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
    void figuresShouldTellEveryDayTheOldestFirst() throws Exception {
        JsonNode answer = json("/figures?days=2");
        assertThat(answer)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"days":[
                 {"day":"2026-11-21","out":{"cleartext":0,"encrypted":0,"authenticated":0,"withheld":0,"delayed":0,"bounced":0},
                  "in":{"accepted":0,"refused":0,"deferred":0,"byTls":{}}},
                 {"day":"2026-11-22","out":{"cleartext":1,"encrypted":0,"authenticated":0,"withheld":1,"delayed":0,"bounced":0},
                  "in":{"accepted":0,"refused":0,"deferred":0,"byTls":{}}}],
                 "withheldToday":1,"more":false,"unreadable":0}"""));
        assertThat(json("/figures").path("days")).hasSize(30);
    }

    @Test
    void aMailShouldBeToldAsAStory() throws Exception {
        JsonNode answer = json("/evidence?messageId=1@klinik.example&lang=de");
        assertThat(answer.path("mails")).hasSize(1);
        assertThat(answer.at("/mails/0/messageId").asText()).isEqualTo("<1@klinik.example>");
        assertThat(answer.at("/mails/0/recipients/0").asText()).isEqualTo("praxis@partner.example");
        JsonNode story = answer.at("/mails/0/story");
        assertThat(story.findValuesAsText("outcome")).containsExactly("withheld", "released");
        assertThat(story.at("/0/reason").asText()).isEqualTo("tls-not-offered");
        assertThat(story.at("/1/sentence").asText()).startsWith("anna hat sie für praxis@partner.example freigegeben");
        assertThat(json("/evidence?recipient=praxis@partner.example&limit=1")
                        .path("more")
                        .asBoolean())
                .isTrue();
        assertThat(json("/evidence?recipient=niemand@partner.example").path("mails"))
                .isEmpty();
        assertThat(json("/evidence?since=2026-11-23").path("mails")).isEmpty();
    }

    @Test
    void aCertificateShouldBeAPage() throws Exception {
        assertThat(json("/evidence/certificate?messageId=%3C2@klinik.example%3E&lang=en")
                        .path("html")
                        .asText())
                .startsWith("<!DOCTYPE html>")
                .contains("delivered WITHOUT encryption")
                .doesNotContain("<script");
        assertThat(get("/evidence/certificate?messageId=3@klinik.example").statusCode())
                .isEqualTo(404);
        assertThat(get("/evidence/certificate").statusCode()).isEqualTo(400);
    }

    @Test
    void reportsShouldBeReadyToSend() throws Exception {
        JsonNode month = json("/reports/month?month=2026-11&lang=de");
        assertThat(month.path("text").asText()).contains("für 1 von 30 Tagen");
        assertThat(month.at("/figures/out.withheld").asInt()).isEqualTo(1);
        JsonNode partner = json("/reports/partner?destination=PARTNER.example");
        assertThat(partner.path("subject").asText()).contains("partner.example");
        assertThat(partner.path("text").asText())
                .contains("without encryption: 1")
                .doesNotContain("praxis@");
    }

    @Test
    void suggestionsShouldNotRestOnOneMail() throws Exception {
        assertThat(json("/suggestions"))
                .isEqualTo(new ObjectMapper().readTree("{\"suggestions\":[],\"observed\":[],\"unreadable\":0}"));
    }

    @ParameterizedTest
    @CsvSource({
        "/figures?days=0, unsupported days",
        "/figures?days=367, unsupported days",
        "/figures?days=x, unsupported days",
        "/evidence?limit=1001, unsupported limit",
        "/evidence?since=soon, unsupported time",
        "/evidence?since=%2B1000000000-01-01T00:00:00Z, unsupported time",
        "/evidence?lang=xx, unsupported",
        "/suggestions?days=-1, unsupported days",
        "/reports/month?month=2026, unsupported month",
        "/reports/partner, destination is missing",
        "/reports/partner?destination=a..b, unsupported destination",
    })
    void whatMakesNoSenseShouldBeRefused(String path, String message) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("message").asText())
                .startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/figures",
                "/evidence",
                "/evidence/certificate?messageId=1@klinik.example",
                "/suggestions",
                "/reports/month",
                "/reports/partner?destination=a.example"
            })
    void oneRequestShouldReadTheEvidenceAtATime(String path) throws Exception {
        routes.reading.look(() -> {
            assertThat(status(path)).isEqualTo(503);
            return null;
        });
        assertThat(status(path)).isEqualTo(200);
    }

    private int status(String path) {
        try {
            return get(path).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Work that one request can cause has an end; the figures of other days are still told. */
    @Test
    void tooMuchEvidenceShouldBeRefused() throws Exception {
        Path old = home.resolve("past/var/evidence/evidence-2026-11-21.jsonl");
        Files.writeString(old, "x".repeat((int) RunningRoutes.MOST_BYTES));
        for (String path : new String[] {
            "/evidence",
            "/evidence/certificate?messageId=1@klinik.example",
            "/suggestions",
            "/reports/partner?destination=a.example"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(400);
            assertThat(get(path).body()).contains("too much evidence");
        }
        assertThat(json("/evidence?since=2026-11-22").path("mails")).hasSize(2);
        JsonNode figures = json("/figures?days=3");
        assertThat(figures.path("more").asBoolean()).isTrue();
        assertThat(figures.path("days")).hasSize(1);
        assertThat(figures.path("withheldToday").asInt()).isEqualTo(1);
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return routes.get("/tlsward/api" + path);
    }
}
