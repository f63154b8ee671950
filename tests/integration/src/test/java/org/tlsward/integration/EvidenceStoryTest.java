/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** A mail is withheld, the partner's server gets TLS, somebody releases the mail: afterwards the evidence tells all of it. */
class EvidenceStoryTest {
    private static final String MESSAGE_ID = "story-1@klinik.example";
    private static final String RECIPIENT = "arzt@partner.example";

    private RemoteServer partner;
    private WorkingDirectory directory;
    private RunningJames james;

    @BeforeEach
    void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        directory = WorkingDirectory.create("evidence-story", "outbound")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>")
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>file://var/mail/kept/</repositoryPath></mailet>");
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
    }

    @AfterEach
    void stop() throws Exception {
        partner.close();
        james.close();
    }

    @Test
    void aMailThatWasWithheldReleasedAndDeliveredShouldBeToldAsAStory() throws Exception {
        String token = tlsward("token", "add", "anna");
        try (Clinician clinician = new Clinician(james)) {
            clinician.submit(
                    List.of("Subject: finding", "Message-ID: <" + MESSAGE_ID + ">"),
                    "story-marker",
                    List.of(RECIPIENT));
        }
        await(() -> kept(token).isPresent());

        partner.offerTls(TestCertificates.selfSigned("mx.partner.example"));
        assertThat(request("POST", "/quarantine/" + kept(token).orElseThrow() + "/release", token))
                .contains("released");
        await(() -> partner.messages().size() == 1);
        // The line about the delivery is on disk before the mail leaves the queue, not before the partner has it.
        await(() -> outcomes(request("GET", "/evidence?messageId=" + MESSAGE_ID, token))
                .contains("delivered"));

        // The server runs, and writes.
        List<String> outcomes =
                outcomes(tlsward("evidence", "show", "--message-id", MESSAGE_ID, "--recipient", RECIPIENT, "--json"));
        assertThat(outcomes).containsSubsequence("withheld", "quarantined", "released", "delivered");
        assertThat(outcomes.get(outcomes.size() - 1)).isEqualTo("delivered");
        assertThat(tlsward("evidence", "show", "--message-id", MESSAGE_ID, "--recipient", RECIPIENT)
                        .replaceAll("\\s+", " "))
                .contains(
                        "But the mail server of partner.example does not take encrypted messages. The mail was withheld.",
                        "The server put it into quarantine for arzt@partner.example.",
                        "anna released it for arzt@partner.example; the requirement stays as it was.",
                        "Delivered for arzt@partner.example to ",
                        " over TLSv1.3")
                .doesNotContain("story-marker", "finding");
        assertThat(tlsward("evidence", "certificate", MESSAGE_ID, "--recipient", RECIPIENT))
                .contains(RECIPIENT + ": delivered, encrypted in transit.", "nothing of envelope or message");
    }

    private Optional<String> kept(String token) {
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(request("GET", "/quarantine", token));
        return id.find() ? Optional.of(id.group(1)) : Optional.empty();
    }

    private static List<String> outcomes(String json) {
        List<String> outcomes = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"outcome\" ?: ?\"([^\"]+)\"").matcher(json);
        while (matcher.find()) {
            outcomes.add(matcher.group(1));
        }
        return outcomes;
    }

    private String request(String method, String path, String token) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + directory.port(Port.WEBADMIN) + "/tlsward/api" + path))
                    .header("X-TlsWard-Token", token)
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(20))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String tlsward(String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Project.path("cli/tlsward").toString());
        command.addAll(List.of(args));
        command.addAll(List.of("--conf", directory.root().resolve("conf").toString()));
        Path errors = Project.target("tlsward-story.err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectError(errors.toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + RunningJames.read(errors));
        }
        return out.strip();
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 1200 && !condition.getAsBoolean(); tries++) {
            RunningJames.pause();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
