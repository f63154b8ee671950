/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.delivery.Outcome;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.WireBytes;

/** Plays every row of docs/scenarios.md against real servers: DNS that is signed, HTTPS, SMTP. */
class ScenarioTest {
    private static final List<Scenario> ROWS = Scenario.read(Path.of("..", "docs", "scenarios.md"));

    private static ScenarioWorld world;
    private static final Map<DnsSettings.Mode, SendingSide> SENDERS = new EnumMap<>(DnsSettings.Mode.class);
    private static Map<String, ClassRule> classes;

    /** Every row by our own validation; those about DNS also by the AD bit of a resolver on this host. */
    static List<Arguments> rows() {
        List<Arguments> all = new ArrayList<>();
        ROWS.forEach(row -> all.add(Arguments.of(DnsSettings.Mode.VALIDATE, row)));
        ROWS.stream()
                .filter(row -> row.mtaSts().equals("-"))
                .forEach(row -> all.add(Arguments.of(DnsSettings.Mode.TRUST_AD, row)));
        return all;
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        classes = classes(directory);
        world = new ScenarioWorld(ROWS, directory.resolve("policies"));
        for (DnsSettings.Mode mode : DnsSettings.Mode.values()) {
            SENDERS.put(mode, world.sendingSide(mode, world.resolver()));
        }
    }

    @AfterAll
    static void stop() {
        SENDERS.values().forEach(SendingSide::close);
        world.close();
    }

    /** A level is what an admin writes. */
    private static Map<String, ClassRule> classes(Path root) throws IOException {
        String levels = List.of("may", "dane", "dane-only", "encrypt", "verify", "authenticated").stream()
                .map(level -> "<class name=\"" + level + "\"><outbound level=\"" + level + "\"/></class>")
                .collect(Collectors.joining());
        Path file = Files.createDirectories(root.resolve("conf")).resolve("tlsward.xml");
        Files.writeString(file, "<tlsward><classes default=\"may\">" + levels + "</classes></tlsward>");
        return new WardConfigurationReader(JamesDirectories.below(root))
                .read(file)
                .rules();
    }

    private static Demand demand(Scenario row) {
        String[] words = row.level().split("\\+", -1);
        DemandBuilder demand = Demand.builder().recipientClasses(List.of(classes.get(words[0])));
        for (int i = 1; i < words.length; i++) {
            switch (words[i]) {
                case "requiretls" -> demand.requireTls();
                case "tls-optional" -> demand.tlsRequiredNo();
                default -> throw new IllegalArgumentException("unknown word \"" + words[i] + "\"");
            }
        }
        return demand.build();
    }

    /** In the words of the page. */
    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return outcome.circumstances().tls().isPresent() ? "delivered" : "cleartext";
        }
        if (outcome instanceof Outcome.Rejected) {
            return "rejected " + outcome.status();
        }
        if (outcome instanceof Outcome.Unmet unmet) {
            return unmet.isFinal()
                    ? "withheld " + unmet.reason().word() + " " + unmet.status()
                    : "deferred " + unmet.reason().word();
        }
        return outcome.circumstances().server().isEmpty() ? "deferred dns" : "deferred " + outcome.explanation();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowShouldBeTrue(DnsSettings.Mode mode, Scenario row) {
        SendingSide sender = SENDERS.get(mode);
        try (ScriptedServer server = world.server(row)) {
            if (!row.earlierPolicy().isEmpty()) {
                sender.askForPolicy(row.policyDomain()); // an earlier mail did
            }
            Outcome outcome = sender.deliver(row, demand(row));
            List<PeerRecord> conversations = new ArrayList<>();
            for (int i = 0; i < server.connections().size(); i++) {
                conversations.add(server.ended(i));
            }

            assertThat(word(outcome))
                    .as(outcome.explanation() + "\n" + conversations)
                    .isEqualTo(row.outcome());

            boolean delivered =
                    row.outcome().equals("delivered") || row.outcome().equals("cleartext");
            int telling = conversations.stream()
                    .mapToInt(each -> WireBytes.of(each).tellingOctets())
                    .sum();
            assertThat(telling > 0).isEqualTo(row.outcome().equals("cleartext"));
            assertThat(conversations.stream()
                            .mapToInt(each -> each.messages().size())
                            .sum())
                    .isEqualTo(delivered ? 1 : 0);
            if (!delivered) {
                assertThat(conversations).allSatisfy(each -> assertThat(each.insideTls())
                        .doesNotContain("MAIL", "RCPT", SendingSide.MARK));
            }
            if (row.outcome().equals("delivered") && row.level().endsWith("+requiretls")) {
                assertThat(conversations.get(0).commands()).contains("MAIL FROM:<a@one.example> REQUIRETLS");
            }
        }
    }

    /** A row that is taken out of the page is one that nobody plays any more. */
    @Test
    void thePageShouldBeComplete() {
        assertThat(ROWS).extracting(Scenario::row).doesNotHaveDuplicates();
        assertThat(ROWS.size()).isGreaterThanOrEqualTo(100);
        Map<String, TreeSet<String>> columns = new TreeMap<>();
        ROWS.forEach(row -> {
            columns.computeIfAbsent("MX", key -> new TreeSet<>()).add(row.mx());
            columns.computeIfAbsent("host", key -> new TreeSet<>()).add(row.host());
            columns.computeIfAbsent("TLSA", key -> new TreeSet<>()).add(row.tlsa());
        });
        assertThat(columns.get("MX")).contains("secure", "insecure", "bogus", "servfail", "timeout", "denied", "null");
        assertThat(columns.get("host"))
                .contains("secure", "insecure", "bogus", "servfail", "timeout", "secure>secure", "secure>insecure");
        assertThat(columns.get("TLSA")).contains("-", "bogus", "servfail", "timeout");
    }
}
