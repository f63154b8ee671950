/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.dane.DaneRecords;
import org.tlsward.testing.Identity;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SmallZone;
import org.tlsward.testing.TestCa;
import picocli.CommandLine.Help.Ansi;

/** A domain of ours: one MX host, a policy host, a small DNS. */
class OwnCheckTest {
    private static final TestCa CA = TestCa.today();
    private static final Identity MX = CA.good("mx.two.example");
    private static final Identity NEXT = CA.good("mx.two.example");
    private static final Identity POLICY_HOST = CA.good("mta-sts.two.example");
    private static final String GATE =
            """
            S: 220 hi
            FEATURES STARTTLS
            IDENTITY mx
            ON RCPT TO:<praxis* => 530 5.7.0 STARTTLS first
            SERVE""";

    @TempDir
    Path home;

    private final SmallZone zone = new SmallZone();
    private ScriptedServer server;
    private HttpsServer policyHost;

    @BeforeEach
    void start() throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", CA.root());
        try (OutputStream out = Files.newOutputStream(conf.resolve("ca.p12"))) {
            store.store(out, "test".toCharArray());
        }
        Files.writeString(conf.resolve("more.txt"), "# doctors\n*@two.example\npraxis@two.example # one\n");
        Files.writeString(
                conf.resolve("tlsward.xml"),
                """
                <tlsward>
                  <classes default="general">
                    <class name="medical">
                      <members><address>dr@elsewhere.example</address><file>file://conf/more.txt</file></members>
                      <inbound minimum="TLSv1.2"/>
                      <outbound level="encrypt"/>
                    </class>
                    <class name="nobody"/>
                    <class name="general"/>
                  </classes>
                  <dns mode="trust-ad"/>
                  <trust store="file://conf/ca.p12" password="test"/>
                  <networks internal="127.0.0.0/8"/>
                  <tlsrpt organization="Two" contact="mailto:tls@two.example"/>
                </tlsward>
                """);
        zone.with("two.example.", "MX", "10 mx.two.example.")
                .with("mx.two.example.", "A", "127.0.0.1")
                .with("mta-sts.two.example.", "A", "127.0.0.1");
        serve("version: STSv1\nmode: enforce\nmx: mx.two.example\nmax_age: 1209600\n");
        server = ScriptedServer.start(Map.of("mx", MX), GATE);
    }

    private void serve(String policy) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(POLICY_HOST.keyStore(), Identity.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        if (policyHost != null) {
            policyHost.stop(0);
        }
        policyHost = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        policyHost.setHttpsConfigurator(new HttpsConfigurator(context));
        policyHost.createContext("/.well-known/mta-sts.txt", exchange -> {
            byte[] body = policy.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        policyHost.start();
    }

    @AfterEach
    void stop() {
        zone.close();
        server.close();
        policyHost.stop(0);
    }

    private CommandRun check(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "check",
                "--own",
                "two.example",
                "--dns",
                zone.server(),
                "--port",
                Integer.toString(server.port()),
                "--timeout",
                "5s"));
        args.addAll(List.of(more));
        Surroundings surroundings = new Surroundings(
                home,
                name -> Optional.empty(),
                Clock.systemUTC(),
                policyHost.getAddress().getPort(),
                InputStream.nullInputStream());
        return CommandRun.of(surroundings, Ansi.OFF, args.toArray(String[]::new));
    }

    private void publishAll(X509Certificate certificate) {
        zone.with("_mta-sts.two.example.", "TXT", "\"v=STSv1; id=1;\"")
                .with("_smtp._tls.two.example.", "TXT", "\"v=TLSRPTv1; rua=mailto:tls@two.example\"");
        publishTlsa(certificate);
    }

    private void publishTlsa(X509Certificate certificate) {
        zone.with(
                "_" + server.port() + "._tcp.mx.two.example.",
                "TLSA",
                DaneRecords.of(3, 1, 1, certificate).toString());
    }

    private String stable(String text) {
        return text.replace("_" + server.port() + "._tcp", "_PORT._tcp")
                .replaceAll("\\b[0-9a-f]{64}\\b", "SHA-256")
                .replaceAll("\\b[0-9a-f]{16}\\.\\.\\.", "SHA-256...");
    }

    /** Without line breaks, which are somewhere. */
    private static String flat(CommandRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private String pem(Identity identity) throws Exception {
        StringBuilder text = new StringBuilder("not a certificate\n");
        for (X509Certificate certificate : identity.chain()) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Path file = home.resolve("some.pem");
        Files.writeString(file, text);
        return file.toString();
    }

    @Test
    void whatToPublishShouldBeTold() throws Exception {
        CommandRun run = check();

        assertThat(CommandRun.kept("own.txt", stable(run.out()))).isEqualTo(CommandRun.golden("own.txt"));
        assertThat(run.exit()).isZero();
    }

    @Test
    void whatIsPublishedRightShouldBeClean() {
        publishAll(MX.leaf());

        CommandRun run = check();

        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(flat(run))
                .contains(
                        "matches the server's key, but nobody looks at it: DNSSEC does not secure",
                        "enforce, mx mx.two.example")
                .contains("530 5.7.0 STARTTLS first");
    }

    @Test
    void recordOfAnotherCertificateShouldBeAProblem() {
        publishAll(NEXT.leaf());

        CommandRun run = check();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run)).contains("nobody with DANE");
    }

    private void publishTlsa(int usage, int selector, int matching, X509Certificate certificate) {
        zone.with(
                "_" + server.port() + "._tcp.mx.two.example.",
                "TLSA",
                DaneRecords.of(usage, selector, matching, certificate).toString());
    }

    /** RFC 7672 §2.2: no TLSA records for a server without TLS. */
    @Test
    void recordOfAHostWithoutTlsShouldBeAProblem() {
        server.close();
        server = ScriptedServer.start(Map.of(), "S: 220 hi\nON RCPT* => 530 5.7.0 no\nSERVE");
        publishAll(MX.leaf());

        CommandRun run = check();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run)).contains("published, but the host has no TLS", "or take the records away");
    }

    /** RFC 7671 §8.4: a client may know only some of the combinations. */
    @Test
    void combinationThatMatchesNothingShouldBeAWarning() {
        publishAll(MX.leaf());
        publishTlsa(3, 0, 1, NEXT.leaf());

        CommandRun run = check();

        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(flat(run)).contains("no record 3 0 1 matches").doesNotContain("no record 3 1 1");
    }

    @Test
    void recordForTheNextCertificateOfTheSameCombinationShouldBeRight() {
        publishAll(MX.leaf());
        publishTlsa(NEXT.leaf());

        assertThat(flat(check())).contains("matches the server's key").doesNotContain("no record");
    }

    /** RFC 7672 §3.1.3, RFC 7671 §10.1.2. */
    @Test
    void recordThatNobodyUsesAndRecordThatIsLongShouldBeWarnings() {
        publishAll(MX.leaf());
        publishTlsa(1, 1, 1, MX.leaf());
        publishTlsa(3, 1, 0, MX.leaf());

        assertThat(flat(check()))
                .contains("1 1 1: usage 1 is not for SMTP", "take this record away")
                .contains("3 1 0: the data itself", "publish its SHA-256 instead");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    v=DKIM1; k=rsa; s=tlsrpt; p=OWN   | 0 | the key that signs our reports
                    v=DKIM1; s=email:tlsrpt; p=OWN    | 0 | the key that signs our reports
                    v=DKIM1; p=OWN                    | 0 | without s=tlsrpt
                    v=DKIM1; s=tlsrpt; p=OTHER        | 1 | another key
                    v=DKIM1; s=tlsrpt; p=             | 1 | p= is no RSA key
                                                      | 1 | no TXT record
                    """)
    void keyThatSignsReportsShouldBePublished(String record, int exit, String said) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(1024);
        KeyPair own = keys.generateKeyPair();
        Files.writeString(
                home.resolve("conf/dkim.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(own.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Path conf = home.resolve("conf/tlsward.xml");
        Files.writeString(
                conf,
                Files.readString(conf)
                        .replace("<tlsrpt ", "<tlsrpt dkimKey=\"file://conf/dkim.pem\" dkimSelector=\"sel\" "));
        publishAll(MX.leaf());
        if (record != null) {
            String data = record.replace("OWN", base64(own))
                    .replace("OTHER", base64(keys.generateKeyPair()))
                    .replaceAll("(.{200})", "$1\" \"");
            zone.with("sel._domainkey.two.example.", "TXT", "\"" + data + "\"");
        }

        CommandRun run = check();

        assertThat(run.exit()).as(run.out()).isEqualTo(exit);
        assertThat(flat(run)).contains("sel._domainkey.two.example: " + said);
    }

    private static String base64(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    @Test
    void policyThatDoesNotNameTheHostShouldBeAProblem() throws Exception {
        publishAll(MX.leaf());
        serve("version: STSv1\nmode: enforce\nmx: old.two.example\nmax_age: 1209600\n");

        CommandRun run = check();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run)).contains("mx.two.example is not in it");
    }

    @Test
    void policyThatIsNoneShouldBeAProblem() throws Exception {
        publishAll(MX.leaf());
        serve("<html>");

        CommandRun run = check();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run)).contains("sts-policy-invalid");
    }

    @Test
    void addressOfAClassThatIsTakenWithoutTlsShouldBeAProblem() {
        server.close();
        server = ScriptedServer.start(Map.of("mx", MX), "S: 220 hi\nFEATURES STARTTLS\nIDENTITY mx\nSERVE");

        CommandRun run = check();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(flat(run)).contains("praxis@two.example", "accepted WITHOUT TLS");
    }

    @Test
    void nextCertificateShouldHaveItsRecordBeforeItIsUsed() throws Exception {
        publishAll(MX.leaf());
        String next = pem(NEXT);

        CommandRun tooEarly = check("--next-certificate", next);

        assertThat(tooEarly.exit()).isEqualTo(1);
        assertThat(flat(tooEarly))
                .contains("to publish first:")
                .contains(DaneRecords.of(3, 1, 1, NEXT.leaf()).toString());

        publishTlsa(NEXT.leaf());
        CommandRun now = check("--next-certificate", next);

        assertThat(now.exit()).as(now.out()).isZero();
        assertThat(flat(now)).contains("it can replace the one in use now");
    }

    @Test
    void certificateOfAFileShouldCountInsteadOfTheOneShown() throws Exception {
        publishAll(NEXT.leaf());

        assertThat(flat(check("--certificate", pem(NEXT)))).contains("matches the server's key");
        assertThat(check("--certificate", pem(MX)).exit()).isEqualTo(1);
    }

    @Test
    void fileThatHoldsNoCertificateShouldBeBadUsage() {
        assertThat(check("--certificate", home.resolve("conf/more.txt").toString())
                        .exit())
                .isEqualTo(64);
        assertThat(check("--next-certificate", "absent.pem").exit()).isEqualTo(64);
    }

    @Test
    void hostThatIsDownShouldBeUnknown() {
        server.close();

        CommandRun run = check();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(flat(run)).contains("--certificate FILE takes it from a file");
    }
}
