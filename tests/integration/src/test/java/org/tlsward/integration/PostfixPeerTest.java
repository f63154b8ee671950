/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.integration.PostfixReceiver.Kind;
import org.tlsward.integration.RunningJames.Program;

/** Mail from a stock James to a real Postfix without TLS, with a self-signed certificate, with one of a CA, and with TLS 1.3 only. */
class PostfixPeerTest {
    private static final String BODY = "postfix-marker";

    private static PostfixReceiver postfix;
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        postfix = PostfixReceiver.start();
        WorkingDirectory directory = WorkingDirectory.create("postfix-peer", "postfix-peer")
                .withoutUserCheck()
                .withExtension()
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>");
        for (Kind kind : Kind.values()) {
            directory.replace("tlsward.xml", kind + "_PORT", Integer.toString(postfix.port(kind)));
        }
        Files.copy(postfix.trustStore(), directory.conf("ca.p12"));
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
    }

    @AfterAll
    static void stop() throws Exception {
        james.close();
        postfix.close();
    }

    private static void submit(String recipient) throws Exception {
        try (Clinician clinician = new Clinician(james)) {
            clinician.submit(List.of("Subject: a finding"), BODY, List.of(recipient));
        }
    }

    @Test
    void generalMailShouldGoInCleartextWhereThereIsNoTls() throws Exception {
        submit("buero@klar.example");

        await(() -> postfix.mailFor("buero@klar.example").isPresent());
        assertThat(postfix.mailFor("buero@klar.example").orElseThrow()).contains(BODY);
        assertThat(howItCame("buero@klar.example")).doesNotContain("(using TLS");
    }

    @ParameterizedTest
    @CsvSource({
        "buero@selbst.example, TLSv1.3", // opportunistic
        "arzt@selbst.example, TLSv1.3", // encrypt, with whatever certificate
        "buero@ca.example, TLSv1.3", // secure: the CA of the test and the right name
        "arzt@ca.example, TLSv1.3",
        "buero@modern.example, TLSv1.3",
        "arzt@modern.example, TLSv1.3"
    })
    void mailShouldGoOverTlsWhereThatIsGoodEnough(String recipient, String version) throws Exception {
        submit(recipient);

        await(() -> postfix.mailFor(recipient).isPresent());
        assertThat(postfix.mailFor(recipient).orElseThrow()).contains(BODY);
        assertThat(howItCame(recipient)).contains("(using " + version + " with cipher");
    }

    /** The line that Postfix wrote; the one below it, by James, tells how the mail was submitted. */
    private static String howItCame(String recipient) {
        String mail = postfix.mailFor(recipient).orElseThrow();
        return mail.substring(mail.indexOf("Received: "), mail.indexOf("by mx.ca.example (Postfix)"));
    }

    @ParameterizedTest
    @CsvSource({
        "arzt@klar.example, tls-not-offered",
        "buero@sicher-klar.example, tls-not-offered",
        "buero@sicher-selbst.example, certificate-untrusted",
        "arzt@sicher-selbst.example, certificate-untrusted",
        "buero@sicher-anders.example, certificate-name-mismatch"
    })
    void mailShouldBeWithheldWhereNothingIsGoodEnough(String recipient, String reason) throws Exception {
        submit(recipient);

        await(() -> withheld(recipient).size() == 1);
        assertThat(withheld(recipient).get(0)).contains(reason);
        assertThat(postfix.mailFor(recipient)).isEmpty();
        assertThat(postfix.log())
                .as("who it is for was not said to a server that is not good enough")
                .doesNotContain(recipient);
    }

    private static List<String> withheld(String recipient) {
        return new WithheldMail(james)
                .mails().stream()
                        .filter(json -> json.contains("\"" + recipient + "\""))
                        .toList();
    }

    private static void await(BooleanSupplier condition) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; Postfix:\n" + postfix.log() + "\nJames:\n" + james.log());
    }
}
