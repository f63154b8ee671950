/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a partner without TLS. */
class CheckRoutesTest {
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

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void domainShouldBeCheckedAsByTheCommand() throws Exception {
        JsonNode report = json(routes.post("/tlsward/api/check", "{\"domain\":\"Partner.example.\"}"));

        assertThat(report.path("title").asText()).startsWith("partner.example: ");
        assertThat(report.path("exit").asInt()).isEqualTo(1);
        assertThat(report.path("sections").findValuesAsText("step")).contains("MX", "STARTTLS", "medical", "general");
        assertThat(report.path("sections").findValuesAsText("mark")).contains("ok", "fail", "not-applicable");
        assertThat(report.path("sections").findValuesAsText("advice")).contains("switch on STARTTLS at this host");
    }

    @Test
    void domainOfOursShouldGetTheRecordsToPaste() throws Exception {
        routes.zone.with("klinik.example.", "MX", "10 mx.partner.example.");

        JsonNode report = json(routes.post("/tlsward/api/check", "{\"domain\":\"klinik.example\"}"));

        assertThat(report.path("sections").findValuesAsText("block"))
                .contains("TLS reports, in the zone of klinik.example")
                .anyMatch(name -> name.startsWith("MTA-STS, in the zone of klinik.example"));
        assertThat(report.toString())
                .contains("_smtp._tls.klinik.example. IN TXT")
                .doesNotContain("went over the line");
        assertThat(json(routes.post("/tlsward/api/check", "{\"domain\":\"partner.example\"}"))
                        .path("sections")
                        .findValuesAsText("block"))
                .isEmpty();
    }

    @Test
    void stopOfAnOperatorShouldBeToldBeforeAnybodyIsAsked() throws Exception {
        routes.post("/tlsward/api/emergency/stop", "{\"what\":\"all\",\"why\":\"the key was stolen\"}");

        JsonNode explained = json(routes.get("/tlsward/api/explain?recipient=arzt@partner.example"));
        JsonNode report = json(routes.post("/tlsward/api/check", "{\"domain\":\"partner.example\"}"));

        assertThat(explained.path("reason").asText()).isEqualTo("emergency");
        assertThat(explained.path("admins").asText()).contains("the key was stolen");
        assertThat(report.toString()).contains("emergency");
    }

    @Test
    void senderShouldCount() throws Exception {
        JsonNode report = json(
                routes.post("/tlsward/api/check", "{\"domain\":\"partner.example\",\"sender\":\"a@klinik.example\"}"));

        assertThat(report.at("/sections/2/items").findValuesAsText("text")).anyMatch(text -> text.contains("withheld"));
        assertThat(report.at("/sections/2/items/1/text").asText()).contains("tls-not-offered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"domain\":7}",
                "{\"domain\":\"a..b\"}",
                "{\"domain\":\"partner.example\",\"sender\":\"nobody\"}"
            })
    void senselessQuestionShouldBeToldSo(String body) throws Exception {
        HttpResponse<String> answer = routes.post("/tlsward/api/check", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?recipient=nobody",
                "?recipient=a@partner.example&lang=tlh",
                "?recipient=a@partner.example&sender=x"
            })
    void senselessExplanationShouldBeToldSo(String query) throws Exception {
        assertThat(routes.get("/tlsward/api/explain" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void explanationShouldHaveEverything() throws Exception {
        JsonNode all = json(routes.get("/tlsward/api/explain?recipient=arzt@partner.example&lang=fr"));

        assertThat(all.at("/classes/0").toString())
                .isEqualTo("{\"name\":\"medical\",\"because\":\"address arzt@partner.example in tlsward.xml\"}");
        assertThat(all.at("/rules/0/source").asText()).isEqualTo("recipient-class");
        assertThat(all.at("/rules/0/level").asText()).isEqualTo("encrypt");
        assertThat(all.path("required").asText()).isEqualTo("TLS");
        assertThat(all.path("publishes").toString()).contains("MTA-STS of partner.example: no policy");
        assertThat(all.at("/prospect/mark").asText()).isEqualTo("fail");
        assertThat(all.path("reason").asText()).isEqualTo("tls-not-offered");
        assertThat(all.at("/dsn/text").asText()).contains("fait partie du groupe « medical »");
        assertThat(all.at("/inbound/0/text").asText()).isEqualTo("530 5.7.0 no");
        assertThat(all.path("aliases")).isEmpty();
    }

    /** A mail for a protected address stays protected where an alias sends it on to. */
    @Test
    void aliasShouldBeFollowed() throws Exception {
        routes.recipients.targets.put("praxis@klinik.example", List.of("x@partner.example", "y@klinik.example"));

        JsonNode all = json(routes.get("/tlsward/api/explain?recipient=praxis@klinik.example"));

        assertThat(all.path("aliases").toString()).isEqualTo("[\"x@partner.example\",\"y@klinik.example\"]");
        assertThat(all.at("/dsn/text").asText()).contains("x@partner.example", "\"medical\"");
        assertThat(all.at("/alsoTo/0/prospect/sentence").asText()).isEqualTo("is ours: it stays here");
        assertThat(routes.get("/tlsward/api/classes?address=praxis@klinik.example")
                        .body())
                .contains("mail for it goes on to x@partner.example: it is in no other class");
    }

    @Test
    void aliasesThatCannotBeFollowedShouldBe503() throws Exception {
        routes.recipients.failure = Optional.of(new IOException("the table is down"));

        assertThat(routes.get("/tlsward/api/explain?recipient=a@partner.example")
                        .statusCode())
                .isEqualTo(503);
        assertThat(routes.get("/tlsward/api/classes?address=a@partner.example").statusCode())
                .isEqualTo(503);
    }

    @Test
    void nothingOfAMailShouldBeSent() throws Exception {
        routes.post("/tlsward/api/check", "{\"domain\":\"partner.example\"}");

        assertThat(routes.peer.ended(0).commands())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("EHLO us.example") || line.equals("STARTTLS") || line.equals("QUIT"));
    }

    @Test
    void thirdCheckAtOnceShouldBeRefused() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        List<CompletableFuture<String>> slow = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            slow.add(CompletableFuture.supplyAsync(() -> held(asked, answer)));
        }
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        HttpResponse<String> third = routes.post("/tlsward/api/check", "{\"domain\":\"partner.example\"}");

        answer.countDown();
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.body()).contains("2 checks are under way");
        for (CompletableFuture<String> each : slow) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    private String held(CountDownLatch asked, CountDownLatch answer) {
        try {
            return routes.desk.ask(context -> {
                asked.countDown();
                waitFor(answer);
                return "done";
            });
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void checkThatTakesTooLongShouldEnd() {
        CountDownLatch never = new CountDownLatch(1);
        CheckDesk hasty = new CheckDesk(routes.ward, routes.facts, routes.stops, Duration.ofMillis(1));

        assertThatThrownBy(() -> hasty.ask(context -> {
                    waitFor(never);
                    return "done";
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no answer in");
    }

    /** What a check opens it gives back. */
    @Test
    void checkShouldLeaveNothingOpen() throws Exception {
        routes.post("/tlsward/api/check", "{\"domain\":\"partner.example\"}");

        assertThat(routes.facts.rememberedPolicies()).isEmpty();
        assertThat(json(routes.get("/tlsward/api/resolver")).path("message").asText())
                .isEqualTo("not tested yet");
    }
}
