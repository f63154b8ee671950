/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.delivery.Outcome.Delivered;
import org.tlsward.delivery.Outcome.Unmet;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DemandBuilder;
import org.tlsward.policy.TlsLevel;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.smtp.StepTimes;
import org.tlsward.testing.LevelPeers;
import org.tlsward.testing.LevelPublications;
import org.tlsward.testing.LevelTable;
import org.tlsward.testing.LevelTable.Cell;
import org.tlsward.testing.LevelTable.Meaning;
import org.tlsward.testing.LevelTable.PublishedCell;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.TextMessage;
import org.tlsward.testing.WireBytes;

/** Runs every cell of the tables in docs/levels.md: a level as tlsward.xml spells it, a real socket, and what went over it. */
class LevelPeerTableTest extends DeliveryTestBase {
    private static final LevelTable TABLE = LevelTable.read(Path.of("..", "docs", "levels.md"));
    private static final Set<String> REQUIRING_NOTHING = Set.of("none", "may", "dane");
    private static final Set<String> ASKING_NOBODY = Set.of("dane", "unproven", "never", "dnssec", "sts", "policy");
    private static final String OTHER_MX = "mx.later.example";

    private static final Map<String, String> PUBLISHED = Map.of(
            "MX host by plain DNS", "MTA-STS testing",
            "MX host by plain DNS, its TLSA matches", "insecure MX, DANE-EE matches",
            "MX host by DNSSEC", "secure MX",
            "MX host by enforced MTA-STS", "MTA-STS enforce");

    private static Map<String, ClassRule> classes;

    LevelPeerTableTest() {
        trusted = LevelPeers.root();
    }

    static List<Cell> cells() {
        return TABLE.cells();
    }

    static List<PublishedCell> publishedCells() {
        return TABLE.published();
    }

    static List<Cell> requireTlsCells() {
        return TABLE.requireTls();
    }

    /** One class for each level, so that a level is what an admin writes and not what the policy calls so. */
    @BeforeAll
    static void readClasses(@TempDir Path root) throws IOException {
        StringBuilder xml = new StringBuilder("<tlsward><classes default=\"none\">");
        for (TlsLevel level : TlsLevel.values()) {
            String pins =
                    level == TlsLevel.FINGERPRINT ? " sha256=\"" + String.join(",", LevelPeers.pins()) + "\"" : "";
            xml.append("<class name=\"" + level.word() + "\"><outbound level=\"" + level.word() + "\"" + pins
                    + "/></class>");
        }
        Path file = Files.createDirectories(root.resolve("conf")).resolve("tlsward.xml");
        Files.writeString(file, xml + "</classes></tlsward>");
        classes = new WardConfigurationReader(JamesDirectories.below(root))
                .read(file)
                .rules();
    }

    private static DemandBuilder demandOf(String levels) {
        return Demand.builder()
                .recipientClasses(
                        Arrays.stream(levels.split(" \\+ ")).map(classes::get).toList());
    }

    private ScriptedServer start(String name) {
        LevelPeers.Peer peer = LevelPeers.named(name);
        dns.mx(LevelPeers.DOMAIN, "10 " + peer.mx()).host(peer.mx(), "127.0.0.1");
        if (name.startsWith("stalls")) {
            Duration usual = Duration.ofSeconds(20);
            Duration handshake = Duration.ofMillis(100);
            times = new StepTimes(usual, usual, handshake, usual, usual, usual, usual, Duration.ofSeconds(60));
        }
        return running(peer.start());
    }

    private Outcome deliverTo(Demand demand) {
        Outcome outcome = only(deliver(new Shipment(
                Destination.of(LevelPeers.DOMAIN),
                Optional.of("a@one.example"),
                List.of(new Consignee(EnvelopeRecipient.of("b@two.example"), demand)),
                Shipment.DsnParameters.NONE,
                new TextMessage("Subject: x\r\n\r\n" + MARK + "\r\n"))));
        pool.close();
        return outcome;
    }

    private static List<PeerRecord> conversations(ScriptedServer server) {
        List<PeerRecord> all = new ArrayList<>();
        for (int i = 0; i < server.connections().size(); i++) {
            all.add(server.ended(i));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellShouldBeTrue(Cell cell) {
        assertTrue(cell, start(cell.server()));
    }

    @ParameterizedTest
    @MethodSource("publishedCells")
    void everyCellOfDomainsThatPublishShouldBeTrue(PublishedCell published) {
        ScriptedServer server = start(published.cell().server());
        publish(published.published(), published.cell().server(), server.port());
        assertTrue(published.cell(), server);
    }

    private void publish(String published, String server, int port) {
        StsAnswer policy = LevelPublications.publish(published, LevelPeers.named(server), port, dns);
        publications = new PublishedPolicies(dns, domain -> policy, DnsSettings.DEFAULT.insecureMx(), clock);
    }

    private void assertTrue(Cell cell, ScriptedServer server) {
        Outcome outcome = deliverTo(demandOf(cell.level()).build());
        List<PeerRecord> conversations = conversations(server);
        switch (cell.word()) {
            case "TLS" -> assertDeliveredInsideTls(outcome, conversations);
            case "clear" -> assertDeliveredInCleartext(outcome, conversations);
            default -> {
                Unmet unmet = assertNothingLeft(outcome, conversations);
                Meaning meaning = TABLE.meanings().get(cell.word());
                assertThat(unmet.reason().word()).isEqualTo(meaning.reason());
                assertThat(unmet.status()).isEqualTo(meaning.status());
                assertThat(unmet.isFinal()).isEqualTo(cell.word().equals("never"));
                assertThat(conversations.isEmpty()).isEqualTo(ASKING_NOBODY.contains(cell.word()));
            }
        }
        // Once more without looking at the word, so that no word can hide it.
        if (!REQUIRING_NOTHING.contains(cell.level())) {
            assertThat(conversations).allMatch(each -> WireBytes.of(each).tellingOctets() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("requireTlsCells")
    void everyCellOfRequireTlsShouldBeTrue(Cell cell) {
        ScriptedServer server = start(cell.server());
        publish(PUBLISHED.get(cell.level()), cell.server(), server.port());
        Outcome outcome = deliverTo(demandOf("may").requireTls().build());
        List<PeerRecord> conversations = conversations(server);
        if (cell.word().equals("TLS")) {
            assertDeliveredInsideTls(outcome, conversations);
            assertThat(conversations.get(0).commands()).contains("MAIL FROM:<a@one.example> REQUIRETLS");
        } else {
            Unmet unmet = assertNothingLeft(outcome, conversations);
            assertThat("`" + unmet.reason().word() + "` `" + unmet.status() + "`")
                    .isEqualTo(cell.word());
            assertThat(unmet.isFinal()).isTrue();
        }
    }

    /** {@code none} and {@code may} have no reason to go on to the second host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "encrypt",
                "verify",
                "secure",
                "fingerprint",
                "authenticated + secure",
                "authenticated + fingerprint"
            })
    void secondHostShouldGetItWhereTheFirstHasNoTls(String level) {
        ScriptedServer first = host(CLEAR + "SERVE");
        ScriptedServer second = running(LevelPeers.named("pinned, good").startOn(loopback(2), first.port()));
        dns.mx("two.example", "10 " + OTHER_MX, "20 mx.two.example");
        dns.host(OTHER_MX, "127.0.0.1").host("mx.two.example", "127.0.0.2");

        Outcome outcome = deliverTo(demandOf(level).build());

        assertDeliveredInsideTls(outcome, conversations(second));
        assertThat(first.connections()).hasSize(1);
        assertThat(WireBytes.of(first.ended(0)).tellingOctets()).isZero();
    }

    private static void assertDeliveredInsideTls(Outcome outcome, List<PeerRecord> conversations) {
        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(conversations).hasSize(1);
        PeerRecord only = conversations.get(0);
        WireBytes wire = WireBytes.of(only);
        assertThat(wire.tellingOctets()).isZero();
        assertThat(only.messages()).hasSize(1);
        assertThat(only.insideTls()).contains("MAIL FROM:<a@one.example>", "RCPT TO:<b@two.example>", MARK);
        assertThat(wire.applicationOctets()).isGreaterThan(only.insideTls().length());
        assertThat(outcome.circumstances().bytes().beforeHandshake()).isZero();
        assertThat(outcome.circumstances().bytes().afterHandshake()).isPositive();
    }

    private static void assertDeliveredInCleartext(Outcome outcome, List<PeerRecord> conversations) {
        assertThat(outcome).isInstanceOf(Delivered.class);
        PeerRecord last = conversations.get(conversations.size() - 1);
        WireBytes wire = WireBytes.of(last);
        assertThat(wire.cleartext()).contains("MAIL FROM:<a@one.example>", "RCPT TO:<b@two.example>", MARK);
        assertThat(wire.recordOctets()).isZero();
        assertThat(last.messages()).hasSize(1);
        assertThat(outcome.circumstances().bytes().beforeHandshake()).isPositive();
        assertThat(outcome.circumstances().bytes().afterHandshake()).isZero();
    }

    private static Unmet assertNothingLeft(Outcome outcome, List<PeerRecord> conversations) {
        assertThat(outcome).isInstanceOf(Unmet.class);
        for (PeerRecord each : conversations) {
            assertThat(WireBytes.of(each).tellingOctets()).isZero();
            assertThat(each.insideTls()).doesNotContain("MAIL", "RCPT", "DATA", MARK);
            assertThat(each.messages()).isEmpty();
        }
        assertThat(outcome.circumstances().bytes().beforeHandshake()).isZero();
        assertThat(outcome.circumstances().bytes().afterHandshake()).isZero();
        return (Unmet) outcome;
    }

    /** A row that is taken out of the page is a cell that nobody runs any more. */
    @Test
    void tablesShouldBeComplete() {
        Set<String> servers = new HashSet<>();
        Set<String> levels = new HashSet<>();
        TABLE.cells().forEach(cell -> levels.addAll(List.of(cell.level().split(" \\+ "))));
        TABLE.cells().forEach(cell -> servers.add(cell.server()));
        TABLE.requireTls().forEach(cell -> servers.add(cell.server()));

        assertThat(servers).isEqualTo(LevelPeers.names());
        assertThat(levels).isEqualTo(classes.keySet());
        assertThat(TABLE.cells()).doesNotHaveDuplicates().hasSize(33 * 12);
        assertThat(TABLE.published()).doesNotHaveDuplicates().hasSize(32 * 12);
        assertThat(TABLE.requireTls()).hasSize(4 * 4);
    }
}
