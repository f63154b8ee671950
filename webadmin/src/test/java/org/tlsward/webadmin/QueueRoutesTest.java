/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.james.WaitingMail;

class QueueRoutesTest {
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
    void waitingMailShouldBeShownWithAllThatIsKnownOfIt() throws Exception {
        routes.queue.mails.add(RunningRoutes.mail("one", "partner.example"));

        assertThat(json(routes.get("/tlsward/api/queue")))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"mails":[{"name":"one","queue":"outgoing-tlsward","sender":"clinician@klinik.example",
                "recipients":["arzt@partner.example"],"destinations":["partner.example"],"held":[],"required":"TLSv1.3 or newer",
                "classes":["medical"],"tries":2,"nextAttempt":"2027-01-01T12:00:00Z",
                "lastOutcome":"mx.partner.example offers no TLS"}],"more":false}"""));
    }

    @Test
    void mailOfNobodyThatIsDueShouldBeShown() throws Exception {
        routes.queue.mails.add(new WaitingMail(
                "two", "q", Optional.empty(), List.of(), List.of(), "", List.of(), 0, Optional.empty(), ""));

        JsonNode mail = json(routes.get("/tlsward/api/queue")).path("mails").path(0);
        assertThat(mail.path("sender").asText("absent")).isEmpty();
        assertThat(mail.has("nextAttempt")).isFalse();
        assertThat(mail.path("required").asText("absent")).isEmpty();
    }

    @Test
    void oneDestinationShouldBeShownInAnySpelling() throws Exception {
        routes.queue.mails.add(RunningRoutes.mail("one", "partner.example"));
        routes.queue.mails.add(RunningRoutes.mail("two", "fern.example"));

        JsonNode mails =
                json(routes.get("/tlsward/api/queue?destination=FERN.example.")).path("mails");
        assertThat(mails.findValuesAsText("name")).containsExactly("two");
    }

    @Test
    void answersShouldBeBoundedAndSaySo() throws Exception {
        for (int i = 0; i < 101; i++) {
            routes.queue.mails.add(RunningRoutes.mail("mail-" + i, "partner.example"));
        }
        JsonNode usual = json(routes.get("/tlsward/api/queue"));
        assertThat(usual.path("mails")).hasSize(100);
        assertThat(usual.path("more").asBoolean()).isTrue();
        JsonNode all = json(routes.get("/tlsward/api/queue?limit=101"));
        assertThat(all.path("mails")).hasSize(101);
        assertThat(all.path("more").asBoolean()).isFalse();
    }

    @Test
    void recipientsOfOneMailShouldBeBoundedAndCounted() throws Exception {
        routes.queue.mails.add(new WaitingMail(
                "many",
                "q",
                Optional.empty(),
                Collections.nCopies(5000, "arzt@partner.example"),
                List.of("partner.example"),
                "TLS",
                List.of(),
                0,
                Optional.empty(),
                ""));

        JsonNode mail = json(routes.get("/tlsward/api/queue")).path("mails").path(0);
        assertThat(mail.path("recipients")).hasSize(100);
        assertThat(mail.path("recipientsTotal").asInt()).isEqualTo(5000);
        assertThat(mail.has("destinationsTotal")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", "", "99999999999"})
    void limitsThatMakeNoSenseShouldBeRefused(String limit) throws Exception {
        for (String list : List.of("queue", "tls-reports", "mta-sts")) {
            HttpResponse<String> answer = routes.get("/tlsward/api/" + list + "?limit=" + limit);
            assertThat(answer.statusCode()).as(list).isEqualTo(400);
            assertThat(message(answer))
                    .isEqualTo("unsupported limit \"" + limit + "\" (expected: a number from 1 to 1000)");
        }
    }

    @Test
    void heldDestinationShouldBeShownUntilItIsResumed() throws Exception {
        routes.queue.mails.add(RunningRoutes.mail("one", "partner.example"));

        assertThat(routes.post("/tlsward/api/queue/Partner.Example./hold").body())
                .isEqualTo("{\"destination\":\"partner.example\",\"held\":true,\"changed\":true}");
        assertThat(json(routes.post("/tlsward/api/queue/partner.example/hold"))
                        .path("changed")
                        .asBoolean())
                .isFalse();
        JsonNode held = json(routes.get("/tlsward/api/queue/held")).path("held");
        assertThat(held).hasSize(1);
        assertThat(held.path(0).path("destination").asText()).isEqualTo("partner.example");
        assertThat(held.path(0).path("since").asText())
                .isEqualTo(routes.outgoing.held().get("partner.example").toString());
        assertThat(json(routes.get("/tlsward/api/queue")).at("/mails/0/held/0").asText())
                .isEqualTo("partner.example");
        assertThat(routes.queue.retried).isEmpty();

        assertThat(routes.post("/tlsward/api/queue/partner.example/resume").body())
                .isEqualTo("{\"destination\":\"partner.example\",\"held\":false,\"changed\":true}");
        assertThat(routes.queue.retried).containsExactly(Optional.of("partner.example"));
        assertThat(routes.get("/tlsward/api/queue/held").body()).isEqualTo("{\"held\":[],\"more\":false}");
    }

    @Test
    void retryShouldMakeOneDestinationOrAllDue() throws Exception {
        routes.queue.mails.add(RunningRoutes.mail("one", "partner.example"));

        assertThat(routes.post("/tlsward/api/queue/PARTNER.example/retry").body())
                .isEqualTo("{\"due\":1}");
        assertThat(routes.post("/tlsward/api/queue/retry").body()).isEqualTo("{\"due\":1}");
        assertThat(routes.queue.retried).containsExactly(Optional.of("partner.example"), Optional.empty());
    }

    @Test
    void addressLiteralsShouldBeDestinations() throws Exception {
        for (String literal : List.of("%5B192.0.2.1%5D", "%5BIPv6:2001:db8::1%5D")) {
            assertThat(routes.post("/tlsward/api/queue/" + literal + "/hold").statusCode())
                    .isEqualTo(200);
        }
        assertThat(routes.outgoing.held()).containsOnlyKeys("[192.0.2.1]", "[ipv6:2001:db8::1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "a..b", "%5B", "%5D", "%5B%5D", "%5Bx%5D", "a%20b", "%C3%9F", "a@b", "%0A", "*"})
    void whatIsNoDestinationShouldBeRefused(String text) throws Exception {
        for (String action : List.of("hold", "resume", "retry")) {
            HttpResponse<String> answer = routes.post("/tlsward/api/queue/" + text + "/" + action);
            assertThat(answer.statusCode()).as(action).isEqualTo(400);
            assertThat(message(answer)).startsWith("unsupported destination \"").contains("(expected: ");
        }
        assertThat(routes.get("/tlsward/api/queue?destination=" + text).statusCode())
                .isEqualTo(400);
        assertThat(routes.outgoing.held()).isEmpty();
        assertThat(routes.queue.retried).isEmpty();
    }

    @Test
    void queueThatCannotBeLookedIntoShouldBeToldWithItsReason() throws Exception {
        routes.queue.failure = Optional.of(new IOException("the queue outgoing cannot be looked into"));

        for (HttpResponse<String> answer : List.of(
                routes.get("/tlsward/api/queue"),
                routes.post("/tlsward/api/queue/retry"),
                routes.post("/tlsward/api/queue/partner.example/retry"))) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(message(answer)).isEqualTo("the queue outgoing cannot be looked into");
        }
    }

    @Test
    void resumeWithoutARetryShouldSayThatTheHoldIsOver() throws Exception {
        routes.post("/tlsward/api/queue/partner.example/hold");
        routes.queue.failure = Optional.of(new IOException("the queue outgoing cannot be looked into"));

        HttpResponse<String> answer = routes.post("/tlsward/api/queue/partner.example/resume");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(message(answer))
                .isEqualTo("partner.example is not held any more, but its mail goes on in its own time: "
                        + "the queue outgoing cannot be looked into");
        assertThat(routes.outgoing.held()).isEmpty();
    }

    @Test
    void holdThatCannotBeWrittenDownShouldNotBeConfirmed() throws Exception {
        Files.writeString(home.resolve("var/tlsward"), "in the way");

        assertThat(routes.post("/tlsward/api/queue/partner.example/hold").statusCode())
                .isEqualTo(503);
        assertThat(routes.outgoing.held()).isEmpty();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String message(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).path("message").asText();
    }
}
