/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.dane.RollOver;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.Outcome;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.policy.Demand;
import org.tlsward.policy.TlsLevel;
import org.tlsward.testing.Identity;
import org.tlsward.testing.SignedZones;

/**
 * Plays the table "Postfix agrees" of docs/scenarios.md: a real Postfix is the MX host of every row. We send to it and look into its
 * queue and log; Postfix's own posttls-finger probes it, and says what it thinks of the records, among them those that we tell people
 * to publish.
 */
class PostfixDaneTest {
    private static final List<PostfixRow> ROWS = PostfixRow.read(Path.of("..", "docs", "scenarios.md"));
    private static final Map<PostfixRow, PostfixServers> SERVERS = new LinkedHashMap<>();

    private static final Demand DANE_ONLY =
            Demand.builder().mark("strict", TlsLevel.DANE_ONLY.requirement()).build();

    private static final Demand MAY = Demand.builder().build();

    private static final int SHOWN = 60;

    private static int port;
    private static SignedZones zones;
    private static PostfixMx postfix;
    private static SendingSide sender;
    private static PostTlsFinger finger;

    static List<PostfixRow> rows() {
        return ROWS;
    }

    @BeforeAll
    static void start(@TempDir Path state) throws IOException {
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"),
                "only root can start Postfix, and mount a resolv.conf for posttls-finger");
        assumeTrue(
                PostTlsFinger.isPossible(),
                "this root may not unshare its mounts (a container without CAP_SYS_ADMIN), so posttls-finger cannot ask our resolver");
        port = freePort();
        ROWS.forEach(row -> SERVERS.put(row, new PostfixServers(row)));
        zones = zones();
        postfix = postfix();
        DnsSettings dns =
                new DnsSettings(DnsSettings.Mode.VALIDATE, List.of(zones.unbound()), Optional.of(zones.trustAnchor()));
        FetchSettings fetching = new FetchSettings(port, Duration.ofSeconds(20), List.of());
        sender = new SendingSide(dns, fetching, List.of(), state, Clock.systemUTC(), port);
        finger = new PostTlsFinger(zones.nameserver(), postfix.conf());
    }

    @AfterAll
    static void stop() {
        if (sender != null) {
            sender.close();
        }
        if (postfix != null) {
            postfix.close();
        }
        if (zones != null) {
            zones.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String address(PostfixRow row) {
        return "127.0.3." + row.number();
    }

    private static PostfixMx postfix() {
        Map<String, String> addresses = new LinkedHashMap<>();
        Map<String, Identity> identities = new LinkedHashMap<>();
        SERVERS.forEach((row, servers) -> {
            addresses.put(row.row(), address(row));
            identities.put(row.row(), servers.shown());
        });
        return PostfixMx.start(port, addresses, identities);
    }

    private static SignedZones zones() {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (String zone : List.of("signed.example", "plain.example", "bogus.example")) {
            texts.put(zone, new StringBuilder("@ A 192.0.2.1\n"));
        }
        SERVERS.forEach((row, servers) -> publish(
                row,
                servers,
                (owner, data) -> texts.forEach((zone, text) -> {
                    if (owner.endsWith("." + zone)) {
                        text.append(owner).append(". ").append(data).append('\n');
                    }
                })));
        return SignedZones.of()
                .signed("signed.example", texts.get("signed.example").toString())
                .unsigned("plain.example", texts.get("plain.example").toString())
                .bogus("bogus.example", texts.get("bogus.example").toString())
                .atUsualPort()
                .start();
    }

    private interface Records {
        void add(String owner, String data);
    }

    private static void publish(PostfixRow row, PostfixServers servers, Records zone) {
        if (row.dns().equals("domain is an alias")) {
            zone.add(row.domain(), "CNAME real." + row.domain() + ".");
            zone.add("real." + row.domain(), "MX 10 " + row.mxHost() + ".");
        } else if (!row.dns().equals("no MX")) {
            zone.add(row.domain(), "MX 10 " + row.mxHost() + ".");
        }
        if (row.isAlias()) {
            zone.add(row.mxHost(), "CNAME " + row.canonicalHost() + ".");
        }
        zone.add(row.canonicalHost(), "A " + address(row));
        String owner = "_" + port + "._tcp." + row.tlsaHost();
        servers.records().forEach(record -> zone.add(owner, "TLSA " + record));
        if (row.tlsa().equals("bogus")) {
            zone.add(owner, "CNAME " + row.row() + ".bogus.example.");
            zone.add(row.row() + ".bogus.example", "TLSA 3 1 1 " + "00".repeat(32));
        }
    }

    private static String word(Outcome outcome) {
        return outcome instanceof Outcome.Delivered
                ? "delivered"
                : outcome instanceof Outcome.Unmet unmet && !unmet.isFinal()
                        ? unmet.reason().word()
                        : outcome.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void postfixShouldGetTheMailOnlyWhereItsRecordsMatch(PostfixRow row) {
        send(row, "strict@" + row.domain(), DANE_ONLY, row.daneOnly());
        send(row, "easy@" + row.domain(), MAY, row.may());
    }

    private static void send(PostfixRow row, String recipient, Demand demand, String expected) {
        int before = postfix.conversations(row.row()).size();

        Outcome outcome = sender.deliver(Destination.of(row.domain()), recipient, demand);

        assertThat(word(outcome)).as(outcome.explanation()).isEqualTo(expected);
        boolean delivered = expected.equals("delivered");
        List<String> mails = postfix.mailsFor(recipient);
        if (delivered) {
            assertThat(mails).singleElement().asString().contains(SendingSide.MARK, "(using TLSv1.3 with cipher ");
        } else {
            assertThat(mails).isEmpty();
        }
        if (delivered || expected.equals("dane-mismatch")) {
            String commands = postfix.conversations(row.row(), before + 1).get(before);
            assertThat(commands).contains(" starttls=1 ");
            assertThat(commands.contains(" mail=1 rcpt=1 data=1 ")).as(commands).isEqualTo(delivered);
            assertThat(commands.matches(".* (mail|rcpt|data|bdat)=.*"))
                    .as(commands)
                    .isEqualTo(delivered);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void postfixShouldJudgeTheRecordsAsThePageSays(PostfixRow row) {
        String output = finger.about(row.domain(), port);

        assertThat(PostTlsFinger.verdict(output)).as(output).isEqualTo(row.postfix());
        for (TlsaRecord record : SERVERS.get(row).records()) {
            // It prints the begin and the end of what is long.
            String begin = record.toString().substring(0, SHOWN).toUpperCase(Locale.ROOT);
            assertThat(output.contains(begin))
                    .as("Postfix has seen " + record + ": " + output)
                    .isEqualTo(!row.dns().equals("insecure host"));
        }
    }

    static List<PostfixRow> changes() {
        return ROWS.stream().filter(row -> row.tlsa().startsWith("old")).toList();
    }

    /** What we tell whoever changes a certificate is what Postfix finds afterwards, and what we tell to publish is all that it takes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeShouldEndAsItsOwnerWasTold(PostfixRow row) {
        RollOver change = SERVERS.get(row).change();

        assertThat(change.next().matches()).isEqualTo(row.postfix().equals("verified"));
        assertThat(change.isSafe()).isEqualTo(row.tlsa().contains("missing"));
    }

    @Test
    void everyDifferenceShouldHaveItsReason() {
        assertThat(ROWS)
                .hasSizeGreaterThanOrEqualTo(50)
                .extracting(PostfixRow::row)
                .doesNotHaveDuplicates();
        assertThat(ROWS).allSatisfy(row -> assertThat(row.isAgreed())
                .isEqualTo(row.why().equals("-")));
    }
}
