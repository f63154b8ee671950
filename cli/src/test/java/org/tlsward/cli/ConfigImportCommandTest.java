/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigImportCommandTest {
    @TempDir
    Path home;

    @Test
    void aTableShouldBecomeDestinationsWithEveryDifferenceSaid() throws Exception {
        Files.writeString(
                home.resolve("tls_policy"),
                """
                partner.example  secure protocols=>=TLSv1.2
                # our relay
                [relay.example]:587\u001b[2J  encrypt
                """);
        CommandRun run = CommandRun.of(home, "config", "import-postfix", "tls_policy");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("  <destination match=\"partner.example\" level=\"secure\" minimum=\"TLSv1.2\"/>\n");
        assertThat(run.err()).startsWith("line 3, [relay.example]:587").contains("NOT carried over: it is a next hop");
        assertThat(run.out() + run.err()).doesNotContain("\u001b");
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of(home, "config", "import-postfix", "tls_policy", "--json")
                        .out());
        assertThat(json.at("/lines/0/carriedOver").asBoolean()).isTrue();
        assertThat(json.at("/lines/1/line").asInt()).isEqualTo(3);
    }

    @Test
    void aTableThatIsCarriedOverWholeShouldBeClean() throws Exception {
        Files.writeString(home.resolve("tls_policy"), "partner.example dane-only\n");
        CommandRun run = CommandRun.of(home, "config", "import-postfix", "tls_policy");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        """
                <destinations>
                  <destination match="partner.example" level="dane-only"/>
                </destinations>
                """);
    }
}
