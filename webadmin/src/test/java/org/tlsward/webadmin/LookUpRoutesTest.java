/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookUpRoutesTest {
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
    void classesShouldHaveTheirReasons() throws Exception {
        assertThat(routes.get("/tlsward/api/classes?address=Arzt%2Bx@partner.example")
                        .body())
                .isEqualTo("{\"address\":\"Arzt+x@partner.example\",\"classes\":[{\"name\":\"medical\","
                        + "\"because\":\"address arzt@partner.example in tlsward.xml\"}]}");
        assertThat(routes.get("/tlsward/api/classes?address=a@klinik.example").body())
                .contains("\"because\":\"domain klinik.example in tlsward.xml\"");
        assertThat(routes.get("/tlsward/api/classes?address=a@two.example").body())
                .contains("\"name\":\"general\"", "it is in no other class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?address=", "?address=nobody"})
    void whatIsNoAddressShouldBeToldSo(String query) throws Exception {
        assertThat(routes.get("/tlsward/api/classes" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void exceptionsShouldSayWhenTheyEnd() throws Exception {
        assertThat(routes.get("/tlsward/api/exceptions").body())
                .contains("\"match\":\"old.example\",\"level\":\"may\",\"reason\":\"they move\","
                        + "\"until\":\"2027-02-28\",\"state\":\"expired\"")
                .contains("\"until\":\"2027-03-10\",\"state\":\"ends-soon\"")
                .contains("\"until\":\"2027-12-31\",\"state\":\"active\"");
    }

    @Test
    void resolverShouldTellItselfAndTheTime() throws Exception {
        assertThat(routes.get("/tlsward/api/resolver").body())
                .isEqualTo("{\"state\":\"degraded\",\"mode\":\"trust-ad\",\"servers\":[\"" + routes.zone.server()
                        + "\"],\"message\":\"not tested yet\",\"clock\":{\"now\":\"2027-03-01T12:00:00Z\"}}");
    }

    @Test
    void pastedHeaderShouldBeReadAsByTheCommand() throws Exception {
        String header = "Received: from a.example (a.example [192.0.2.1]) by us.example with ESMTP id 1"
                + " for <x@klinik.example>; Mon, 1 Mar 2027 10:00:00 +0000\\r\\nSubject: x\\r\\n";

        String body = routes.post("/tlsward/api/headers", "{\"headers\":\"" + header + "\"}")
                .body();

        assertThat(body).contains("\"step\":\"hop 1\"", "a.example", "our own line", "\"exit\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"headers\":\"x\",\"minimum\":\"none\"}", "nonsense"})
    void senselessHeaderShouldBeToldSo(String body) throws Exception {
        assertThat(routes.post("/tlsward/api/headers", body).statusCode()).isEqualTo(400);
    }
}
