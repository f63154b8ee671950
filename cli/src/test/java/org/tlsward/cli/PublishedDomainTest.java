/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.check.CheckContext;
import org.tlsward.config.JamesDirectories;
import org.tlsward.dane.DaneRecords;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.Shipment;
import org.tlsward.explain.DsnKind;
import org.tlsward.explain.Language;
import org.tlsward.explain.NoticeEntry;
import org.tlsward.explain.Situation;
import org.tlsward.explain.WithheldNotice;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.testing.Identity;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SignedZones;
import org.tlsward.testing.TestCa;
import org.tlsward.testing.TextMessage;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The whole command where destinations publish something: a signed DNS, hosts with TLS and without, a policy host. */
class PublishedDomainTest {
    private static final TestCa CA = TestCa.today();
    private static final String[] DOMAINS = {
        "dane.example", "other-key.example", "bogus.example", "sts.example", "sts-other.example", "plain.example"
    };

    @TempDir
    static Path home;

    private static ServerSocket holder;
    private static SignedZones dns;
    private static HttpsServer policyHost;
    private static final Map<String, ScriptedServer> SERVERS = new HashMap<>();
    private static int port;

    @BeforeAll
    static void world() throws Exception {
        // Keeps the port from being given to anybody else: the hosts have one port, and an address each.
        holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.3.254"));
        port = holder.getLocalPort();
        Map<String, Identity> identities = new HashMap<>();
        for (int i = 0; i < DOMAINS.length; i++) {
            Identity identity = CA.good("mx." + DOMAINS[i]);
            identities.put(DOMAINS[i], identity);
            SERVERS.put(DOMAINS[i], server(i, identity, !DOMAINS[i].startsWith("plain")));
        }
        dns = SignedZones.of()
                .signed(
                        "dane.example",
                        host(0) + tlsa("mx", identities.get("dane.example"))
                                + "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@dane.example\"\n")
                .signed("other-key.example", host(1) + tlsa("mx", CA.good("mx.other-key.example")))
                .bogus("bogus.example", host(2))
                .unsigned("sts.example", host(3) + policyRecords())
                .unsigned("sts-other.example", host(4) + policyRecords())
                .unsigned("plain.example", host(5))
                .signed(
                        "alias.example",
                        "@ MX 10 mx\nmx CNAME mx.dane.example.\n" + tlsa("mx", CA.good("mx.alias.example")))
                .start();
        policyHost = policyHost();
        configure();
    }

    private static String host(int number) {
        return "@ MX 10 mx\nmx A " + address(number) + "\n";
    }

    private static String tlsa(String host, Identity identity) {
        return "_" + port + "._tcp." + host + " TLSA " + DaneRecords.of(3, 1, 1, identity.leaf()) + "\n";
    }

    private static String policyRecords() {
        return "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 127.0.0.1\n";
    }

    private static String address(int number) {
        return "127.0.3." + (number + 1);
    }

    private static ScriptedServer server(int number, Identity identity, boolean tls) throws Exception {
        String script = tls
                ? "S: 220 hi\nFEATURES STARTTLS\nTLSFEATURES REQUIRETLS\nIDENTITY it\nSERVE"
                : "S: 220 hi\nFEATURES PIPELINING\nSERVE";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(address(number)), port);
        return ScriptedServer.startOn(address, Map.of("it", identity), script);
    }

    private static HttpsServer policyHost() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                CA.good("mta-sts.sts.example", "mta-sts.sts-other.example").keyStore(),
                Identity.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/.well-known/mta-sts.txt", exchange -> {
            byte[] body = "version: STSv1\nmode: enforce\nmx: mx.sts.example\nmax_age: 1209600\n"
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        return server;
    }

    private static void configure() throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", CA.root());
        try (OutputStream out = Files.newOutputStream(conf.resolve("ca.p12"))) {
            store.store(out, "test".toCharArray());
        }
        Files.copy(dns.trustAnchor(), conf.resolve("root.anchors"));
        Files.writeString(
                conf.resolve("tlsward.xml"),
                """
                <tlsward>
                  <classes default="general">
                    <class name="medical"><outbound level="encrypt" giveUpAfter="4h"/></class>
                    <class name="secret"><members><pattern>secret@*</pattern></members><outbound level="authenticated" giveUpAfter="4h"/></class>
                    <class name="general"/>
                  </classes>
                  <dns mode="validate" servers="%s:%d" trustAnchor="file://conf/root.anchors"/>
                  <trust store="file://conf/ca.p12" password="test"/>
                  <networks internal="127.0.0.0/8"/>
                </tlsward>
                """
                        .formatted(
                                dns.unbound().getAddress().getHostAddress(),
                                dns.unbound().getPort()));
    }

    @AfterAll
    static void end() throws Exception {
        SERVERS.values().forEach(ScriptedServer::close);
        policyHost.stop(0);
        dns.close();
        holder.close();
    }

    private static Surroundings surroundings() {
        return new Surroundings(
                home,
                name -> Optional.empty(),
                Clock.systemUTC(),
                policyHost.getAddress().getPort(),
                InputStream.nullInputStream());
    }

    private static CommandRun check(String... args) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(args));
        all.addAll(List.of("--port", Integer.toString(port), "--timeout", "10s"));
        return CommandRun.of(surroundings(), Ansi.OFF, all.toArray(String[]::new));
    }

    /** Without line breaks, which are somewhere. */
    private static String flat(CommandRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    /** Bogus answers are exit code 2: nobody can tell what the true ones are, and a mail waits for them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dane.example      | 0 | ok DNSSEC the MX records are signed                   | ok DANE TLSA 3 1 1
                    dane.example      | 0 | ok secret would be delivered to mx.dane.example       | ok general would be delivered
                    dane.example      | 0 | ok REQUIRETLS offered                                 | reports go to mailto:tls@dane.example
                    other-key.example | 1 | fail DANE                                             | fail general would wait, and be withheld after
                    other-key.example | 1 | fail medical would wait, and be withheld after 4h: dane-mismatch | nobody with DANE delivers
                    bogus.example     | 2 | fail DNSSEC                                           | unknown general could not tell: dnssec-failed
                    sts.example       | 0 | MTA-STS enforce, mx mx.sts.example, for 14d, id 1     | ok MTA-STS the policy names this host
                    sts.example       | 0 | ok secret would be delivered                          | n/a DANE
                    sts-other.example | 1 | fail MTA-STS the policy is enforced and does not name | n/a connection not connected to: mtasts-mx-mismatch
                    plain.example     | 1 | fail medical would wait, and be withheld after 4h: tls-not-offered | general would be delivered to mx.plain.example in cleartext
                    """)
    void domainShouldBeJudgedByWhatItPublishes(String domain, int exit, String one, String other) {
        CommandRun run = check(domain);

        assertThat(run.exit()).as(run.out()).isEqualTo(exit);
        assertThat(flat(run)).contains(one, other);
    }

    private record Connections(ScriptedServer server, int before) {
        static Connections of(String domain) {
            return new Connections(
                    SERVERS.get(domain), SERVERS.get(domain).connections().size());
        }

        /** What has come since then. */
        List<PeerRecord> since() {
            List<PeerRecord> since = new ArrayList<>();
            for (int i = before; i < server.connections().size(); i++) {
                since.add(server.ended(i));
            }
            return since;
        }
    }

    @Test
    void nothingOfAMailShouldBeSent() {
        for (String domain : DOMAINS) {
            Connections connections = Connections.of(domain);

            check(domain);

            for (PeerRecord connection : connections.since()) {
                assertThat(connection.commands())
                        .as(domain)
                        .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS") || line.equals("QUIT"));
                assertThat(connection.messages()).isEmpty();
            }
        }
        assertThat(SERVERS.get("dane.example").connections()).isNotEmpty();
    }

    @Test
    void questionInCleartextShouldEndAfterRcpt() {
        Connections connections = Connections.of("sts.example");

        CommandRun run = check("--cleartext", "b@sts.example");

        assertThat(run.exit()).isEqualTo(1);
        List<String> commands = connections.since().get(0).commands();
        assertThat(commands)
                .contains("MAIL FROM:<>", "RCPT TO:<b@sts.example>")
                .noneMatch(line -> line.contains("DATA"));
        assertThat(connections.since())
                .allMatch(connection -> connection.messages().isEmpty());
    }

    @Test
    void jsonShouldSayTheSame() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(check("other-key.example", "--json").out());

        assertThat(json.get("exit").asInt()).isEqualTo(1);
        assertThat(json.get("result").asText()).isEqualTo("problems");
        assertThat(json.findValuesAsText("text")).anyMatch(text -> text.contains("withheld after 4h: dane-mismatch"));
    }

    @Test
    void transcriptShouldShowWhereTlsBegins() {
        String out = check("dane.example", "--transcript").out();

        assertThat(out).containsSubsequence("C: STARTTLS", "S: 220", "TLSv1.3", "C: EHLO", "C: QUIT");
        assertThat(out).doesNotContain("C: MAIL", "C: RCPT", "C: DATA");
    }

    /** RFC 7672 §2.2.3: the records at the end of a secure alias count before those at the name of the MX record. */
    @Test
    void ownHostThatIsAnAliasShouldBeJudgedAsSendersDo() {
        CommandRun run = check("alias.example", "--own");

        assertThat(flat(run))
                .contains("ok TLSA mx.alias.example (records of mx.dane.example): TLSA 3 1 1")
                .doesNotContain("nobody with DANE");
    }

    @Test
    void ownDomainWithRecordsOfAnotherKeyShouldBeAProblem() {
        CommandRun run = check("other-key.example", "--own");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run)).contains("fail TLSA mx.other-key.example", "nobody with DANE delivers until then");
    }

    private static OpenedCheck opened() throws Exception {
        Path conf = home.resolve("conf");
        CheckOptions options =
                CommandLine.populateCommand(new CheckOptions(), "--port", Integer.toString(port), "--timeout", "10s");
        LoadedConfiguration loaded = LoadedConfiguration.read(
                conf.resolve("tlsward.xml"), new JamesDirectories(home, conf, home.resolve("var")), Clock.systemUTC());
        return new OpenedCheck(loaded, options, surroundings(), what -> {});
    }

    /** The sentence of a report, in the words of an outcome. */
    private static String said(String domain, String className) throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(check(domain, "--class", className, "--json").out());
        List<JsonNode> sections = new ArrayList<>();
        json.get("sections").forEach(sections::add);
        String text = sections.get(sections.size() - 1).findValuesAsText("text").get(0);
        return text.replaceFirst("^would be delivered.*", "delivered")
                .replaceFirst("^would wait, and be withheld after \\w+: (\\S+) .*", "$1")
                .replaceFirst("^could not tell.*", "deferred");
    }

    private static Outcome delivered(CheckContext context, String domain, ClassRule rule) {
        Demand demand = Demand.builder().recipientClasses(List.of(rule)).build();
        Shipment shipment = new Shipment(
                Destination.of(domain),
                Optional.of("a@one.example"),
                List.of(new Consignee(EnvelopeRecipient.of("b@" + domain), demand)),
                Shipment.DsnParameters.NONE,
                new TextMessage("Subject: x\r\n\r\nhello\r\n"));
        return context.outbound()
                .delivery()
                .deliver(shipment, Duration.ZERO)
                .orElseThrow()
                .recipients()
                .get(0)
                .outcome();
    }

    private static String done(CheckContext context, String domain, ClassRule rule) {
        Outcome outcome = delivered(context, domain, rule);
        if (outcome instanceof Outcome.Unmet unmet) {
            return unmet.reason().word();
        }
        return outcome instanceof Outcome.Delivered ? "delivered" : "deferred";
    }

    /** What the command says of a mail is what becomes of it. */
    @ParameterizedTest
    @CsvSource({
        "dane.example, delivered, delivered, delivered",
        "other-key.example, dane-mismatch, dane-mismatch, dane-mismatch",
        "bogus.example, deferred, deferred, deferred",
        "sts.example, delivered, delivered, delivered",
        "sts-other.example, mtasts-mx-mismatch, mtasts-mx-mismatch, mtasts-mx-mismatch",
        "plain.example, tls-not-offered, mx-not-trusted, delivered"
    })
    void sentenceShouldAgreeWithTheDelivery(String domain, String medical, String secret, String general)
            throws Exception {
        Map<String, String> expected = Map.of("medical", medical, "secret", secret, "general", general);
        for (Map.Entry<String, String> each : expected.entrySet()) {
            try (OpenedCheck opened = opened()) {
                CheckContext context = opened.context();
                ClassRule rule = context.configuration().rules().get(each.getKey());

                assertThat(said(domain, each.getKey()))
                        .as("said of " + each.getKey())
                        .isEqualTo(each.getValue());
                assertThat(done(context, domain, rule))
                        .as("done with " + each.getKey())
                        .isEqualTo(each.getValue());
            }
        }
    }

    /** The notice that the command shows is, word for word, that of a delivery. */
    @ParameterizedTest
    @CsvSource({
        "other-key.example, secret, DE",
        "sts-other.example, secret, EN",
        "plain.example, secret, FR",
    })
    void noticeShouldAgreeWithTheDelivery(String domain, String className, Language language) throws Exception {
        String recipient = className + "@" + domain;
        CommandRun run = CommandRun.of(
                surroundings(),
                Ansi.OFF,
                "explain",
                recipient,
                "--lang",
                language.code(),
                "--json",
                "--port",
                Integer.toString(port));
        try (OpenedCheck opened = opened()) {
            ClassRule rule = opened.context().configuration().rules().get(className);
            Outcome.Unmet outcome = (Outcome.Unmet) delivered(opened.context(), domain, rule);
            Situation situation = Situation.of(
                    domain,
                    outcome.circumstances().server().map(Object::toString),
                    outcome.refusal(),
                    Demand.builder().recipientClasses(List.of(rule)).build(),
                    Optional.empty());
            String text = new WithheldNotice(
                            DsnKind.WITHHELD,
                            language,
                            Optional.empty(),
                            List.of(new NoticeEntry.Unmet(recipient, situation)))
                    .text();

            assertThat(new ObjectMapper().readTree(run.out()).at("/dsn/text").asText())
                    .isEqualTo(text);
        }
    }
}
