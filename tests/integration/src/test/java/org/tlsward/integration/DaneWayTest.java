/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;
import org.tlsward.testing.SignedZones;

/** A stock James, zones that are signed, and a mail server whose key they tell of or not (RFC 7672). */
class DaneWayTest {
    private static RemoteServer server;
    private static SignedZones dns;
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        server = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.dane.example")));
        String right = "3 1 1 " + TestCertificates.keySha256("mx.dane.example");
        String wrong = "3 1 1 " + "ab".repeat(32);
        dns = SignedZones.of()
                .signed("right.example", zone(right))
                .signed("wrong.example", zone(wrong))
                .signed("without.example", "@ MX 10 mx\nmx A 127.0.0.1\n")
                .unsigned("insecure.example", "@ MX 10 mx.right.example.\n")
                .unsigned("forged.example", "@ MX 10 mx.wrong.example.\n")
                .bogus("bogus.example", zone(right))
                .start();
        WorkingDirectory directory = WorkingDirectory.create("dane", "dane")
                .withoutUserCheck()
                .withExtension()
                .replace(
                        "tlsward.xml",
                        "DNS_PORT",
                        Integer.toString(dns.unbound().getPort()))
                .replace("tlsward.xml", "TRUST_ANCHOR", dns.trustAnchor().toString())
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime><port>" + server.port()
                                + "</port>");
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
    }

    private static String zone(String tlsa) {
        return "@ MX 10 mx\nmx A 127.0.0.1\n_" + server.port() + "._tcp.mx TLSA " + tlsa + "\n";
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        dns.close();
        james.close();
    }

    private static void submit(String marker, String recipient) throws Exception {
        try (Clinician clinician = new Clinician(james)) {
            clinician.submit(List.of("Subject: " + marker), marker + "-body", List.of(recipient));
        }
    }

    @Test
    void medicalMailShouldGoToAServerWhoseKeyMatches() throws Exception {
        submit("right-marker", "arzt@right.example");
        await(() -> has("right-marker-body"));
        await(() -> line("arzt@right.example").stream().anyMatch(line -> line.contains("delivered")));
        String line = line("arzt@right.example").get(0);
        assertThat(line).contains("\"dane\"", "dnssec");
    }

    @Test
    void noMailShouldGoToAServerWhoseKeyDoesNotMatch() throws Exception {
        submit("wrong-marker", "arzt@wrong.example");
        submit("wrong-marker", "buero@wrong.example");
        await(() -> seen("arzt@wrong.example", "dane-mismatch") && seen("buero@wrong.example", "dane-mismatch"));
        assertNothingOf("wrong-marker", "wrong.example");
    }

    @Test
    void daneOnlyShouldNotBeContentWithoutARecordThatDnssecLeadsTo() throws Exception {
        submit("without-marker", "arzt@without.example");
        submit("insecure-marker", "arzt@insecure.example");
        await(() -> seen("arzt@without.example", "dane-required") && seen("arzt@insecure.example", "dane-required"));
        assertNothingOf("without-marker", "without.example");
        assertNothingOf("insecure-marker", "arzt@insecure.example");
    }

    /** The MX record is forged, or at least nobody can tell; the host has a record of its own, which is asked to match. */
    @Test
    void insecureMxShouldStillHaveItsHostChecked() throws Exception {
        submit("fine-marker", "buero@insecure.example");
        submit("forged-marker", "buero@forged.example");
        await(() -> has("fine-marker-body"));
        await(() -> seen("buero@forged.example", "dane-mismatch"));
        assertNothingOf("forged-marker", "forged.example");
    }

    @Test
    void forgedAnswerShouldDelayAndLoseNothing() throws Exception {
        submit("bogus-marker", "buero@bogus.example");
        await(() -> james.log().contains("dnssec-failed"));
        assertNothingOf("bogus-marker", "bogus.example");
    }

    private static void assertNothingOf(String marker, String recipient) {
        assertThat(has(marker)).isFalse();
        assertThat(server.recipients()).noneMatch(each -> each.endsWith(recipient));
        assertThat(server.cleartext()).doesNotContain("MAIL", "RCPT", marker);
    }

    private static boolean has(String text) {
        return server.messages().stream().anyMatch(message -> message.contains(text));
    }

    private static boolean seen(String recipient, String word) {
        return line(recipient).stream().anyMatch(line -> line.contains(word));
    }

    /** The evidence of what was tried with a recipient; the gate has its own. */
    private static List<String> line(String recipient) {
        Path directory = james.directory().root().resolve("var/evidence");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> RunningJames.read(file).lines())
                    .filter(line -> line.contains(recipient) && line.contains("\"type\":\"attempt\""))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 1200; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }
}
