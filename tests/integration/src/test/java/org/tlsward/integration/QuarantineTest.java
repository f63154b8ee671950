/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;
import org.tlsward.token.TokenFile;

/** Withheld mail of a stock James, and what operators do about it over HTTP. */
class QuarantineTest {
    private static final String BASE = "/tlsward/api/quarantine";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private RemoteServer partner;
    private WorkingDirectory directory;
    private RunningJames james;
    private String anna;
    private String boris;

    private void start(String name, String keep) throws Exception {
        prepare(name, keep);
        run();
    }

    private void prepare(String name, String keep) throws Exception {
        partner = new RemoteServer(Optional.empty());
        directory = WorkingDirectory.create(name, "quarantine")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace("tlsward.xml", "KEEP", keep)
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>")
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>file://var/mail/kept/</repositoryPath></mailet>");
        TokenFile tokens = new TokenFile(directory.conf(TokenFile.NAME), Clock.systemUTC());
        anna = tokens.add("anna");
        boris = tokens.add("boris");
    }

    private void run() throws Exception {
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
    }

    @AfterEach
    void stop() throws Exception {
        partner.close();
        james.close();
    }

    @Test
    void mailShouldBeKeptInPrivateSentOnByOperatorsAndReturned() throws Exception {
        start("quarantine", "30d");
        submit("released-marker", "arzt@partner.example");
        String released = awaitId("arzt@partner.example");
        filesShouldBePrivate();
        showsWhyAndNoBody(released);

        submit("overridden-marker", "zweitmeinung@partner.example");
        String overridden = awaitId("zweitmeinung@partner.example");
        overrideNeedsTwo(overridden);
        await(() -> partner.messages().size() == 1);
        assertThat(partner.messages().get(0)).contains("overridden-marker-body");
        evidenceShouldTell("override-requested", "override-confirmed", "anna, confirmed by boris", "theatre");

        partner.offerTls(TestCertificates.selfSigned("mx.partner.example"));
        assertThat(call("POST", BASE + "/" + released + "/release", anna, "")).contains("released");
        await(() -> partner.messages().size() == 2);
        assertThat(partner.messages().get(1)).contains("released-marker-body");
        assertThat(partner.cleartext()).contains("zweitmeinung@").doesNotContain("arzt@", "released-marker");
        awaitAnswer(BASE, "\"mails\":[]");
    }

    /** With a key set, the files tell nothing, the operator sees all, and the recipient gets the mail as it was. */
    @Test
    void mailShouldBeKeptSealedAndGoOnAsItWas() throws Exception {
        prepare("quarantine-sealed", "30d");
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Path key = Files.writeString(
                directory.conf("quarantine.key"), Base64.getEncoder().encodeToString(secret));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        directory.replace("tlsward.xml", "<quarantine ", "<quarantine key=\"file://conf/quarantine.key\" ");
        run();
        submit("released-marker", "arzt@partner.example");
        String id = awaitId("arzt@partner.example");

        filesShouldBePrivate();
        try (Stream<Path> files = Files.list(directory.root().resolve("var/mail/tls-withheld"))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain("released-marker", "partner.example", Clinician.ADDRESS, "tls-not-offered");
            }
        }
        showsWhyAndNoBody(id);
        partner.offerTls(TestCertificates.selfSigned("mx.partner.example"));
        assertThat(call("POST", BASE + "/" + id + "/release", anna, "")).contains("released");
        await(() -> partner.messages().size() == 1);
        assertThat(partner.messages().get(0)).contains("Subject: released-marker", "released-marker-body");
        assertThat(partner.cleartext()).doesNotContain("arzt@", "released-marker");
        awaitAnswer(BASE, "\"mails\":[]");
    }

    private void filesShouldBePrivate() throws Exception {
        Path kept = directory.root().resolve("var/mail/tls-withheld");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(kept)) {
            // Both files of the mail, and the lock that keeps other servers away.
            assertThat(files.toList()).hasSize(3).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    private void showsWhyAndNoBody(String id) throws Exception {
        assertThat(call("GET", BASE + "/" + id + "?lang=de", anna, ""))
                .contains("\"reason\":\"tls-not-offered\"", "\"subject\":\"released-marker\"", "\"required\":\"TLS\"")
                .contains("\"explanation\":\"")
                .doesNotContain("released-marker-body");
    }

    private void overrideNeedsTwo(String id) throws Exception {
        String wish = "{\"why\":\"theatre\",\"level\":\"may\"}";
        assertThat(call("POST", BASE + "/" + id + "/override", anna, wish)).contains("pending", "cleartext");
        Matcher at = Pattern.compile("\"at\":\"[^\"]+\"").matcher(call("GET", BASE + "/" + id, boris, ""));
        assertThat(at.find()).isTrue();
        String seen = "{" + at.group() + "}";
        HttpResponse<String> same = send("POST", BASE + "/" + id + "/confirm", anna, seen);
        assertThat(same.statusCode()).isEqualTo(403);
        assertThat(partner.messages()).isEmpty();
        assertThat(call("POST", BASE + "/" + id + "/confirm", boris, seen)).contains("released");
    }

    private void evidenceShouldTell(String... words) throws Exception {
        try (Stream<Path> files = Files.walk(directory.root().resolve("var/evidence"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            assertThat(all).contains(words);
        }
    }

    @Test
    void releaseWithoutTlsShouldBeWithheldAgainAndBounceTellTheSender() throws Exception {
        start("quarantine-again", "30d");
        submit("again-marker", "arzt@partner.example");
        String first = awaitId("arzt@partner.example");
        assertThat(call("POST", BASE + "/" + first + "/release", anna, "")).contains("released");
        awaitGone(first);
        String second = awaitId("arzt@partner.example");
        assertThat(second).isNotEqualTo(first);
        int notices = new KeptMail(james).mailsFor(Clinician.ADDRESS).size();

        assertThat(call("POST", BASE + "/" + second + "/bounce", anna, "")).contains("bounced");

        await(() -> notices(notices + 1));
        awaitAnswer(BASE, "\"mails\":[]");
        assertThat(partner.messages()).isEmpty();
    }

    @Test
    void mailThatHasLainTooLongShouldGoBack() throws Exception {
        start("quarantine-expiry", "1s");
        submit("expired-marker", "arzt@partner.example");

        // One notice when it is withheld, one when it goes back.
        await(() -> notices(2));
        awaitAnswer(BASE, "\"mails\":[]");
        evidenceShouldTell("expired");
    }

    private boolean notices(int count) {
        try {
            return new KeptMail(james).mailsFor(Clinician.ADDRESS).size() >= count;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void submit(String marker, String recipient) throws Exception {
        try (Clinician clinician = new Clinician(james)) {
            clinician.submit(List.of("Subject: " + marker), marker + "-body", List.of(recipient));
        }
    }

    private String awaitId(String recipient) throws Exception {
        Pattern entry =
                Pattern.compile("\"id\":\"([^\"]+)\"[^{}]*\"recipients\":\\[\"" + Pattern.quote(recipient) + "\"");
        for (int tries = 0; tries < 1200; tries++) {
            Matcher found = entry.matcher(call("GET", BASE, anna, ""));
            if (found.find()) {
                return found.group(1);
            }
            RunningJames.pause();
        }
        throw new AssertionError("no mail for " + recipient + " is kept; the server's log:\n" + james.log());
    }

    private void awaitGone(String id) throws Exception {
        for (int tries = 0; tries < 1200; tries++) {
            if (send("GET", BASE + "/" + id, anna, "").statusCode() == 404) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError(id + " is still there");
    }

    private void awaitAnswer(String path, String part) throws Exception {
        String answer = "";
        for (int tries = 0; tries < 1200; tries++) {
            answer = call("GET", path, anna, "");
            if (answer.contains(part)) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError(path + " does not say " + part + " but " + answer);
    }

    private void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 2400; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }

    private String call(String method, String path, String token, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, token, body);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + directory.port(Port.WEBADMIN) + path))
                .header("X-TlsWard-Token", token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
