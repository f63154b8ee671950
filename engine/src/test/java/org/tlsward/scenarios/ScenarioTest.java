/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.Shipment;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;
import org.tlsward.policy.NextHop;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.smtp.MessageSource;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.WireBytes;

/** Plays every row of docs/scenarios.md against real servers: DNS that is signed, HTTPS, SMTP. */
class ScenarioTest {
    private static final String MARK = "SECRET-CONTENT";
    private static final List<Scenario> ROWS = Scenario.read(Path.of("..", "docs", "scenarios.md"));

    private static ScenarioWorld world;
    private static Map<String, ClassRule> classes;

    static List<Scenario> rows() {
        return ROWS;
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        classes = classes(directory);
        world = new ScenarioWorld(ROWS, directory.resolve("policies"));
    }

    @AfterAll
    static void stop() {
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
        String[] words = row.level().split("\\+");
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

    private record Text(String text) implements MessageSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public long size() {
            return text.length();
        }

        @Override
        public boolean hasEightBitBody() {
            return false;
        }

        @Override
        public boolean hasUtf8Header() {
            return false;
        }

        @Override
        public Optional<MessageSource> sevenBit() {
            return Optional.empty();
        }
    }

    private static Outcome deliver(Scenario row) {
        Destination destination = row.mx().equals("via")
                ? new Destination(
                        "r.test",
                        Optional.of(NextHop.parse(row.mxHost() + ":" + world.port())),
                        Optional.empty(),
                        Optional.empty())
                : Destination.of(row.domain());
        Consignee consignee = new Consignee(EnvelopeRecipient.of("b@" + row.domain()), demand(row));
        Shipment shipment = new Shipment(
                destination,
                Optional.of("a@one.example"),
                List.of(consignee),
                Shipment.DsnParameters.NONE,
                new Text("Subject: x\r\n\r\n" + MARK + "\r\n"));
        return world.deliver(shipment).recipients().get(0).outcome();
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
    void everyRowShouldBeTrue(Scenario row) {
        try (ScriptedServer server = world.server(row)) {
            world.earlierMail(row);
            Outcome outcome = deliver(row);
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
                assertThat(conversations)
                        .allSatisfy(each -> assertThat(each.insideTls()).doesNotContain("MAIL", "RCPT", MARK));
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
