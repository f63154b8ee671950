/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.mtasts.RememberedPolicy;
import org.tlsward.mtasts.Setback;

class StsRoutesTest {
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
    void policiesShouldBeShown() throws Exception {
        assertThat(routes.get("/tlsward/api/mta-sts").body())
                .isEqualTo("{\"policies\":[{\"domain\":\"partner.example\",\"mode\":\"enforce\","
                        + "\"mx\":[\"*.partner.example\"],\"maxAge\":604800,\"id\":\"20270101T000000\","
                        + "\"until\":\"2027-01-08T00:00:00Z\"}],\"more\":false}");
    }

    @Test
    void whatKeepsAPolicyFromBeingRenewedShouldBeShown() throws Exception {
        Instant since = Instant.parse("2027-01-02T00:00:00Z");
        Instant last = Instant.parse("2027-01-03T00:00:00Z");
        RememberedPolicy old = routes.policies.remove(0);
        routes.policies.add(new RememberedPolicy(
                old.domain(),
                old.policy(),
                old.id(),
                old.until(),
                Optional.of(new Setback(Setback.Cause.POLICY, "404", since, last))));

        assertThat(json("").at("/policies/0/setback").toString())
                .isEqualTo(
                        "{\"cause\":\"policy\",\"why\":\"404\",\"since\":\"" + since + "\",\"last\":\"" + last + "\"}");
    }

    @Test
    void oneDomainShouldBeFoundInAnySpelling() throws Exception {
        routes.policies.add(RunningRoutes.policy("fern.example"));

        assertThat(json("?limit=1").path("more").asBoolean()).isTrue();
        assertThat(json("?domain=FERN.example.").path("policies").findValuesAsText("domain"))
                .containsExactly("fern.example");
        assertThat(routes.get("/tlsward/api/mta-sts?domain=a..b").statusCode()).isEqualTo(400);
    }

    private JsonNode json(String query) throws Exception {
        return new ObjectMapper()
                .readTree(routes.get("/tlsward/api/mta-sts" + query).body());
    }
}
