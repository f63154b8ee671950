/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.commons.configuration2.BaseConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.health.HealthProblem;

class OpenRepositoriesTest {
    private static List<HealthProblem> problems(boolean sealed, String... settings) {
        return new OpenRepositories(configuration(settings), false, () -> sealed).problems();
    }

    private static BaseConfiguration configuration(String... settings) {
        BaseConfiguration webAdmin = new BaseConfiguration();
        for (String setting : settings) {
            webAdmin.addProperty(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return webAdmin;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "::", "mailadmin.klinik.example", "localhost.evil.example"})
    void webAdminForEverybodyShouldBeTold(String host) {
        assertThat(problems(false, "enabled=true", "host=" + host))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.severity()).isEqualTo(HealthProblem.Severity.DEGRADED);
                    assertThat(problem.message())
                            .contains(host, "can read withheld mail", "host=127.0.0.1", "jwt.enabled");
                });
        assertThat(problems(true, "enabled=true", "host=" + host))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("can remove", "sealed"));
    }

    @Test
    void webAdminThatIsClosedShouldBeWell() {
        assertThat(problems(false)).isEmpty();
        assertThat(problems(false, "host=0.0.0.0")).isEmpty();
        assertThat(problems(false, "enabled=true"))
                .as("James' default is localhost")
                .isEmpty();
        for (String host : List.of("127.0.0.1", "localhost", "::1", "127.0.0.8")) {
            assertThat(problems(false, "enabled=true", "host=" + host)).as(host).isEmpty();
        }
        assertThat(problems(false, "enabled=true", "host=0.0.0.0", "jwt.enabled=true"))
                .isEmpty();
    }

    @Test
    void passwordShouldCountWhereJamesAsksForIt() {
        assertThat(new OpenRepositories(
                                configuration("enabled=true", "host=0.0.0.0", "password=secret"), true, () -> false)
                        .problems())
                .as("James 3.9")
                .isEmpty();
        assertThat(problems(false, "enabled=true", "host=0.0.0.0", "password=secret"))
                .as("James 3.8 does not know the key")
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("without a password"));
    }
}
