/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** Mails through a stock James, in the numbers that Prometheus gets; dashboard, alerts and documentation use no others. */
class MetricsTest {
    private static final Pattern NAME = Pattern.compile("tlsward_[a-zA-Z0-9_]+");

    private static RemoteServer partner;
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        WorkingDirectory directory = WorkingDirectory.create("metrics", "outbound")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>");
        james = RunningJames.start(Program.stock(), directory);
        james.put("/users/clinician@klinik.example", "{\"password\":\"secret\"}");
        submit("arzt@partner.example", "buero@partner.example");
        await("tlsward_out_withheld_total 1.0");
        partner.offerTls(TestCertificates.selfSigned("mx.partner.example"));
        submit("arzt@partner.example");
        await("tlsward_out_delivered_class_medical_total 1.0");
    }

    @AfterAll
    static void stop() throws Exception {
        partner.close();
        james.close();
    }

    @Test
    void oneMailShouldBeSeenInEveryCounterThatItConcerns() throws Exception {
        assertThat(metrics())
                .contains(
                        "\ntlsward_out_withheld_total 1.0\n",
                        "\ntlsward_out_withheld_class_medical_total 1.0\n",
                        "\ntlsward_out_withheld_reason_tls_not_offered_total 1.0\n",
                        "\ntlsward_out_withheld_level_encrypt_total 1.0\n",
                        "\ntlsward_out_withheld_tls_cleartext_total 1.0\n",
                        "\ntlsward_out_delivered_class_general_total ",
                        "\ntlsward_out_delivered_tls_cleartext_total 1.0\n",
                        "\ntlsward_out_delivered_tls_tlsv1_3_total 1.0\n",
                        "\ntlsward_out_handshake_count 1.0\n",
                        "\ntlsward_out_attempt{quantile=\"0.95\",} ",
                        "\ntlsward_in_judgement_count 3.0\n",
                        "\ntlsward_in_accepted_total 3.0\n",
                        "\ntlsward_in_accepted_tls_tlsv1_3_total 3.0\n",
                        "\ntlsward_evidence_available 1.0\n",
                        "\ntlsward_quarantined_mails 1.0\n",
                        "\ntlsward_waiting_mails 0.0\n",
                        "\ntlsward_emergency_stops 0.0\n",
                        "\ntlsward_held_destinations 0.0\n",
                        "\ntlsward_health_state ",
                        "\ntlsward_mta_sts_policies 0.0\n")
                .doesNotContain("partner_example", "partner.example", "arzt");
    }

    /** What a running server shows is documented, and what is documented as always there is shown. */
    @Test
    void documentationShouldHaveEveryNameThatIsShown() throws Exception {
        Set<Pattern> documented = documented();
        Set<String> shown = names(metrics());
        assertThat(shown).hasSizeGreaterThan(30).allSatisfy(name -> assertThat(documented)
                .as(name)
                .anyMatch(pattern -> pattern.matcher(name).matches()));
    }

    @Test
    void dashboardAndAlertsShouldUseNoOtherNames() throws Exception {
        for (String file : List.of("james-docker/grafana/tlsward.json", "james-docker/prometheus/alerts.yml")) {
            String text = Files.readString(Project.path(file));
            Set<Pattern> documented = documented();
            assertThat(names(text.replace("_.+_", "_tls_not_offered_")))
                    .as(file)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(name -> assertThat(documented).as(name).anyMatch(pattern -> pattern.matcher(name)
                            .matches()));
        }
    }

    private static Set<String> names(String text) {
        Set<String> found = new TreeSet<>();
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            found.add(names.group());
        }
        return found;
    }

    /** The names of {@code docs/metrics.md} as Prometheus shows them. */
    private static Set<Pattern> documented() throws Exception {
        String outcome = "(delivered|deferred|withheld|rejected|accepted|refused)";
        return names(Files.readString(Project.path("docs/metrics.md"))).stream()
                .map(name -> name.replace("OUTCOME", outcome)
                        .replace("_CLASS", "_(medical|general)")
                        .replace("_LEVEL", "_[a-z_]+")
                        .replace("_TLS", "_(cleartext|tlsv1_[0-9]|tlsv1|sslv3|other)")
                        .replace("_REASON", "_[a-z_]+"))
                .map(name -> Pattern.compile(name + "(_total|_count)?"))
                .collect(Collectors.toSet());
    }

    private static String metrics() throws Exception {
        return "\n" + james.webAdmin("/metrics", "text/plain");
    }

    private static void await(String line) throws Exception {
        for (int tries = 0; tries < 1200; tries++) {
            if (metrics().contains("\n" + line + "\n")) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("no " + line + " in\n" + metrics() + "\nthe server's log:\n" + james.log());
    }

    private static void submit(String... recipients) throws Exception {
        try (SmtpClient client = new SmtpClient(james.directory().port(Port.SUBMISSION))) {
            client.reply();
            say(client, "EHLO client.example", "250");
            say(client, "STARTTLS", "220");
            client.startTls("TLSv1.3");
            say(client, "EHLO client.example", "250");
            say(client, "AUTH PLAIN AGNsaW5pY2lhbkBrbGluaWsuZXhhbXBsZQBzZWNyZXQ=", "235");
            say(client, "MAIL FROM:<clinician@klinik.example>", "250");
            for (String recipient : recipients) {
                say(client, "RCPT TO:<" + recipient + ">", "250");
            }
            say(client, "DATA", "354");
            client.sendLine("Subject: x");
            client.sendLine("");
            say(client, ".", "250");
        }
    }

    private static void say(SmtpClient client, String line, String code) throws Exception {
        client.sendLine(line);
        List<String> reply = client.reply();
        assertThat(reply.get(reply.size() - 1)).as(line).startsWith(code);
    }
}
