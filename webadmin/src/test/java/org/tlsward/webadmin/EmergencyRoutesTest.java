/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.james.Ward;
import org.tlsward.policy.EmergencyStop;

class EmergencyRoutesTest {
    private static final String API = "/tlsward/api/emergency";

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
    void whatIsStoppedShouldBeShownWithWhoWhyAndSince() throws Exception {
        assertThat(routes.get(API).body()).isEqualTo("{\"stops\":[],\"more\":false}");
        assertThat(stop("{\"what\":\"class\",\"name\":\"general\",\"why\":\"a key was stolen\"}"))
                .isEqualTo("{\"stopped\":true,\"changed\":true,\"what\":\"class\"}");
        assertThat(stop("{\"what\":\"destination\",\"name\":\".Partner.EXAMPLE\",\"why\":\"\u202ehm\"}"))
                .isEqualTo("{\"stopped\":true,\"changed\":true,\"what\":\"destination\"}");
        assertThat(stop("{\"what\":\"class\",\"name\":\"general\",\"why\":\"again\"}"))
                .isEqualTo("{\"stopped\":true,\"changed\":false,\"what\":\"class\"}");

        assertThat(routes.get(API).body())
                .isEqualTo(
                        "{\"stops\":[{\"what\":\"class\",\"name\":\"general\",\"why\":\"a key was stolen\",\"by\":\"anna\","
                                + "\"since\":\"2027-03-01T12:00:00Z\"},{\"what\":\"destination\",\"name\":\".partner.example\","
                                + "\"why\":\"\\u202Ehm\",\"by\":\"anna\",\"since\":\"2027-03-01T12:00:00Z\"}],\"more\":false}");
    }

    @Test
    void whatGoesOnShouldBeTriedAtOnce() throws Exception {
        stop("{\"what\":\"destination\",\"name\":\"partner.example\",\"why\":\"x\"}");
        stop("{\"what\":\"all\",\"why\":\"x\"}");

        assertThat(routes.post(API + "/resume", "{\"what\":\"destination\",\"name\":\"PARTNER.example\"}")
                        .body())
                .isEqualTo("{\"resumed\":true}");
        assertThat(routes.post(API + "/resume", "{\"what\":\"all\"}").statusCode())
                .isEqualTo(200);
        assertThat(routes.queue.retried).containsExactly(Optional.of("partner.example"), Optional.empty());
        assertThat(routes.stops.inForce()).isEmpty();
        assertThat(routes.post(API + "/resume", "{\"what\":\"all\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoStoppedAndWhyShouldBeEvidence() throws Exception {
        stop("{\"what\":\"all\",\"why\":\"a key was stolen\"}");
        stop("{\"what\":\"all\",\"why\":\"again\"}");
        routes.post(API + "/resume", "{\"what\":\"all\"}");

        assertThat(evidence())
                .contains(
                        "\"type\":\"emergency\",\"action\":\"stop\",\"what\":\"all\",\"name\":\"\",\"by\":\"anna\","
                                + "\"why\":\"a key was stolen\"}",
                        "\"type\":\"emergency\",\"action\":\"resume\",\"what\":\"all\",\"name\":\"\",\"by\":\"anna\"}")
                .doesNotContain("again");
    }

    @Test
    void stopThatCannotBeWrittenDownShouldCountAndBeEvidence() throws Exception {
        Files.createDirectories(home.resolve("var/tlsward/emergency-stops/in-the-way"));

        assertThat(routes.post(API + "/stop", "{\"what\":\"all\",\"why\":\"a key was stolen\"}")
                        .statusCode())
                .isEqualTo(503);
        routes.post(API + "/stop", "{\"what\":\"all\",\"why\":\"a key was stolen\"}");

        assertThat(routes.stops.inForce()).hasSize(1);
        assertThat(evidence()).containsOnlyOnce("\"action\":\"stop\"");
    }

    private String evidence() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("var/evidence"))) {
            StringBuilder all = new StringBuilder();
            for (Path day :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                all.append(Files.readString(day));
            }
            return all.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'what':'class','name':'secret','why':'x'} | unsupported class \\\"secret\\\" (expected: one of general, medical)",
                "{'what':'class','why':'x'}                 | unsupported class",
                "{'what':'destination','name':'*','why':'x'} | expected: a domain; or stop all",
                "{'what':'destination','name':'a..b','why':'x'} | unsupported match",
                "{'what':'all','name':'x','why':'x'}        | expected: none for all",
                "{'what':'world','why':'x'}                 | expected: class, destination, all",
                "{'what':'all'}                             | unsupported why",
                "{'what':'no-tls','why':'x'}                | the end is missing (expected: {\\\"until\\\":\\\"2h\\\"} for no-tls)",
                "{'why':'x'}                                | the end is missing",
                "{'what':'server','why':'x','until':'soon'} | unsupported end",
                "{'what':'server','name':'x','why':'x','until':'2h'} | expected: none for server",
                "{'what':'refuse-version','name':'TLSv9','why':'x','until':'2h'} | expected: TLSv1, TLSv1.1, TLSv1.2, TLSv1.3",
                "{'what':'refuse-version','name':'SSLv3','why':'x','until':'2h'} | unsupported version",
                "{'what':'refuse-cipher','name':'*_ENIGMA_*','why':'x','until':'2h'} | expected: it matches a cipher suite of this JVM",
                "{'what':'refuse-cipher','name':'','why':'x','until':'2h'} | unsupported pattern",
                "{'what':'refuse-cipher','name':'a b','why':'x','until':'2h'} | unsupported pattern",
                "{'what':'all','why':'  '}                  | unsupported why",
                "{'what':'all','why':7}                     | unsupported why (expected: a text)",
                "[]                                         | expected: a JSON object",
                "{                                          | the body is no JSON"
            })
    void whatMakesNoSenseShouldBeRefused(String body, String message) throws Exception {
        var answer = routes.post(API + "/stop", body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
        assertThat(routes.stops.inForce()).isEmpty();
    }

    @Test
    void whatEndsByItselfShouldSayWhenAndBeMovable() throws Exception {
        assertThat(stop("{\"what\":\"no-tls\",\"until\":\"2h\",\"why\":\"a hole\"}"))
                .isEqualTo(
                        "{\"stopped\":true,\"changed\":true,\"what\":\"no-tls\",\"until\":\"2027-03-01T14:00:00Z\"}");
        assertThat(stop("{\"what\":\"no-tls\",\"until\":\"1h\",\"why\":\"x\"}"))
                .contains("\"changed\":false", "T14:00:00Z");
        assertThat(stop("{\"what\":\"no-tls\",\"until\":\"2027-03-01T15:00:00Z\",\"why\":\"x\"}"))
                .contains("\"changed\":true", "T15:00:00Z");
        assertThat(routes.get(API).body()).contains("\"until\":\"2027-03-01T15:00:00Z\"");
        assertThat(routes.post(API + "/resume", "{\"what\":\"no-tls\"}").statusCode())
                .isEqualTo(200);
        assertThat(evidence()).contains("\"action\":\"extend\"");
    }

    /** A class of this configuration is protected: then nothing at all is better than cleartext. */
    @Test
    void whatIsNotSaidShouldBeTheWholeServerWhereAClassIsProtected() throws Exception {
        assertThat(stop("{\"until\":\"2h\",\"why\":\"a hole\"}")).contains("\"what\":\"server\"");
        Files.writeString(
                home.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        assertThat(new EmergencyTargets(new Ward(new RunningRoutes.HomeFileSystem(home))).what(Optional.empty()))
                .isEqualTo(EmergencyStop.What.NO_TLS);
    }

    @Test
    void whoeverLeavesNothingOfTlsShouldBeTold() throws Exception {
        assertThat(stop("{\"what\":\"refuse-version\",\"name\":\"tlsv1.2\",\"until\":\"2h\",\"why\":\"x\"}"))
                .doesNotContain("warning");
        assertThat(stop("{\"what\":\"refuse-cipher\",\"name\":\"tls_*\",\"until\":\"2h\",\"why\":\"x\"}"))
                .contains("\"warning\":\"nothing is left of TLS");
        assertThat(routes.stops.inForce())
                .extracting(EmergencyStop::rule)
                .containsExactly("refuse-version TLSv1.2", "refuse-cipher tls_*");
    }

    private String stop(String json) throws Exception {
        return routes.post(API + "/stop", json).body();
    }
}
