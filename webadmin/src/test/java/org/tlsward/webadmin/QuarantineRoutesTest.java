/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of withheld mail and does about it, over HTTP. */
class QuarantineRoutesTest {
    private static final String AT = "{\"at\":\"%s\"}";
    private static final String BASE = "/tlsward/api/quarantine";
    private static final String WHY = "{\"why\":\"he waits in the theatre\",\"level\":\"may\"}";

    @TempDir
    Path home;

    private RunningRoutes routes;
    private String id;

    @BeforeEach
    void start() throws Exception {
        routes = new RunningRoutes(home);
        id = routes.quarantine.only(false);
    }

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void keptMailShouldBeListedWithoutItsBody() throws Exception {
        HttpResponse<String> answer = routes.get(BASE);

        assertThat(answer.body()).doesNotContain("secret body").doesNotContain("\u202e");
        JsonNode list = json(answer);
        assertThat(list.path("fourEyes").asBoolean()).isTrue();
        assertThat(list.path("more").asBoolean()).isFalse();
        JsonNode mail = list.path("mails").path(0);
        assertThat(mail.path("id").asText()).isEqualTo(id);
        assertThat(mail.path("sender").asText()).isEqualTo("clinician@klinik.example");
        assertThat(mail.at("/recipients/0").asText()).isEqualTo("arzt@partner.example");
        assertThat(mail.path("subject").asText()).contains("<script>");
        assertThat(mail.path("reason").asText()).isEqualTo("tls-not-offered");
        assertThat(mail.path("sentence").asText()).contains("mx.partner.example");
        assertThat(mail.has("withheldAt")).isTrue();
        assertThat(mail.has("expires")).isTrue();
        assertThat(mail.has("pending")).isFalse();
    }

    @Test
    void listShouldBeBoundedAndFiltered() throws Exception {
        routes.quarantine.keep("other", "arzt@fern.example");

        assertThat(json(routes.get(BASE + "?limit=1")).path("mails")).hasSize(1);
        assertThat(json(routes.get(BASE + "?limit=1")).path("more").asBoolean()).isTrue();
        assertThat(json(routes.get(BASE + "?destination=Fern.example"))
                        .at("/mails/0/recipients/0")
                        .asText())
                .isEqualTo("arzt@fern.example");
        assertThat(json(routes.get(BASE + "?reason=dane-mismatch")).path("mails"))
                .isEmpty();
        assertThat(json(routes.get(BASE + "?reason=tls-not-offered")).path("mails"))
                .hasSize(2);
        for (String wrong : new String[] {"limit=0", "destination=a..b", "reason=bad-luck", "lang=xx"}) {
            assertThat(routes.get(BASE + "?" + wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void fewListsShouldBeMadeAtATime() throws Exception {
        routes.lists.look(() -> {
            try {
                assertThat(routes.get(BASE).statusCode()).isEqualTo(503);
                assertThat(routes.get(BASE + "/" + id).statusCode()).isEqualTo(200);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return null;
        });
        assertThat(routes.get(BASE).statusCode()).isEqualTo(200);
    }

    @Test
    void oneMailShouldBeExplainedInTheLanguageOfTheOperator() throws Exception {
        HttpResponse<String> answer = routes.get(BASE + "/" + id + "?lang=de");

        assertThat(answer.body()).doesNotContain("secret body");
        JsonNode mail = json(answer);
        assertThat(mail.path("explanation").asText())
                .contains("partner.example")
                .contains("Mail");
        assertThat(mail.path("explanation").asText())
                .isNotEqualTo(
                        json(routes.get(BASE + "/" + id)).path("explanation").asText());
        assertThat(mail.path("admins").asText()).contains("mx.partner.example");
        assertThat(mail.path("required").asText()).isEqualTo("TLS");
        assertThat(mail.at("/headers/1/name").asText()).isEqualTo("Subject");
        assertThat(mail.at("/overrides/1/level").asText()).isEqualTo("may");
        assertThat(mail.at("/overrides/1/means").asText()).contains("cleartext");
    }

    @Test
    void releasedMailShouldGoOnceAndBeRecorded() throws Exception {
        assertThat(routes.post(BASE + "/" + id + "/release").body()).isEqualTo("{\"state\":\"released\"}");
        assertThat(routes.post(BASE + "/" + id + "/release").statusCode()).isEqualTo(404);

        assertThat(routes.quarantine.relayed).containsExactly("kept");
        assertThat(routes.quarantine.done)
                .extracting(deed -> deed.deed().word() + " " + deed.by().orElse("-"))
                .containsExactly("quarantined -", "released anna");
    }

    @Test
    void overrideShouldNeedASecondPerson() throws Exception {
        JsonNode wish = json(routes.post(BASE + "/" + id + "/override", routes.anna, WHY));
        assertThat(wish.path("state").asText()).isEqualTo("pending");
        assertThat(wish.path("means").asText()).contains("cleartext");
        JsonNode pending = json(routes.get(BASE + "/" + id)).path("pending");
        assertThat(pending.path("by").asText()).isEqualTo("anna");
        assertThat(pending.path("why").asText()).isEqualTo("he waits in the theatre");
        assertThat(pending.path("level").asText()).isEqualTo("may");

        HttpResponse<String> same = routes.post(
                BASE + "/" + id + "/confirm",
                routes.anna,
                AT.formatted(pending.path("at").asText()));
        assertThat(same.statusCode()).isEqualTo(403);
        assertThat(new ObjectMapper().readTree(same.body()).path("message").asText())
                .contains("another name than \"anna\"");
        assertThat(routes.quarantine.relayed).isEmpty();
        assertThat(routes.post(BASE + "/" + id + "/confirm", routes.carla, "{\"at\":\"2026-01-01T00:00:00Z\"}")
                        .statusCode())
                .as("of another wish than the one that was seen")
                .isEqualTo(400);

        for (String blind : new String[] {"", "{}", "{\"at\":\"now\"}"}) {
            HttpResponse<String> refused = routes.post(BASE + "/" + id + "/confirm", routes.carla, blind);
            assertThat(refused.statusCode()).as(blind).isEqualTo(400);
            assertThat(refused.body()).as(blind).contains("expected: that of pending");
        }
        assertThat(routes.quarantine.relayed).isEmpty();

        String at = pending.path("at").asText();
        assertThat(routes.post(BASE + "/" + id + "/confirm", routes.carla, AT.formatted(at))
                        .body())
                .isEqualTo("{\"state\":\"released\"}");
        assertThat(routes.quarantine.relayed).containsExactly("kept");
    }

    @Test
    void withoutFourEyesAnOverrideShouldGoAtOnce() throws Exception {
        routes.quarantine.fourEyes = false;

        assertThat(json(routes.post(BASE + "/" + id + "/override", routes.anna, WHY))
                        .path("state")
                        .asText())
                .isEqualTo("released");
        assertThat(routes.quarantine.relayed).containsExactly("kept");
    }

    @Test
    void wishThatWasWithdrawnShouldNotBeConfirmed() throws Exception {
        routes.post(BASE + "/" + id + "/override", routes.anna, WHY);

        assertThat(routes.post(BASE + "/" + id + "/withdraw", routes.carla, "").body())
                .isEqualTo("{\"state\":\"kept\"}");
        assertThat(routes.post(BASE + "/" + id + "/confirm", routes.carla, AT.formatted("2027-03-01T12:00:00Z"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(routes.quarantine.relayed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "nonsense",
                "{\"why\":\"\"}",
                "{\"why\":7}",
                "{\"why\":\"x\",\"level\":\"none\"}",
                "{\"why\":\"x\",\"level\":\"secure\"}"
            })
    void overrideThatMakesNoSenseShouldBeRefused(String body) throws Exception {
        assertThat(routes.post(BASE + "/" + id + "/override", routes.anna, body).statusCode())
                .isEqualTo(400);
        assertThat(json(routes.get(BASE + "/" + id)).has("pending")).isFalse();
    }

    @Test
    void bouncedMailShouldGoBack() throws Exception {
        assertThat(routes.post(BASE + "/" + id + "/bounce").body()).isEqualTo("{\"state\":\"bounced\"}");
        assertThat(routes.quarantine.returned).containsExactly("kept");
        assertThat(json(routes.get(BASE)).path("mails")).isEmpty();
    }

    @Test
    void allMailForADestinationShouldBeReleased() throws Exception {
        routes.quarantine.keep("second", "buero@partner.example");
        routes.quarantine.keep("other", "arzt@fern.example");

        assertThat(routes.post(BASE + "/release", routes.anna, "{\"destination\":\"PARTNER.example\"}")
                        .body())
                .isEqualTo("{\"released\":2,\"failed\":0}");
        assertThat(routes.quarantine.relayed).containsExactlyInAnyOrder("kept", "second");
        assertThat(routes.quarantine.quarantine.list(Optional.empty(), Optional.empty(), 9))
                .hasSize(1);
        assertThat(routes.post(BASE + "/release", routes.anna, "{}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void mailThatIsNotThereShouldBeToldSo() throws Exception {
        for (String path : new String[] {"0000-kept", id + "x", "x", "..%2fkept"}) {
            assertThat(routes.get(BASE + "/" + path).statusCode()).as(path).isIn(400, 404);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
