/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** A user who submits mail over TLS 1.3, several mails in one session if need be. */
final class Clinician implements AutoCloseable {
    static final String ADDRESS = "clinician@klinik.example";

    private static final int BATCH = 100;

    private final SmtpClient client;

    /** Makes the user, who has a mailbox here. */
    static void register(RunningJames james) throws IOException, InterruptedException {
        james.put("/users/" + ADDRESS, "{\"password\":\"secret\"}");
    }

    Clinician(RunningJames james) throws IOException, GeneralSecurityException {
        this(james, "client.example");
    }

    /** Whose machine calls itself something else. */
    Clinician(RunningJames james, String ehlo) throws IOException, GeneralSecurityException {
        client = new SmtpClient(james.directory().port(Port.SUBMISSION));
        client.reply();
        say("EHLO " + ehlo, "250");
        say("STARTTLS", "220");
        client.startTls("TLSv1.3");
        say("EHLO " + ehlo, "250");
        say("AUTH PLAIN AGNsaW5pY2lhbkBrbGluaWsuZXhhbXBsZQBzZWNyZXQ=", "235");
    }

    /** Submits a mail with a body of one line. */
    void submit(List<String> header, String body, List<String> recipients) throws IOException {
        say("MAIL FROM:<" + ADDRESS + ">", "250");
        for (int from = 0; from < recipients.size(); from += BATCH) {
            List<String> some = recipients.subList(from, Math.min(from + BATCH, recipients.size()));
            StringBuilder commands = new StringBuilder();
            some.forEach(
                    recipient -> commands.append("RCPT TO:<").append(recipient).append(">\r\n"));
            client.send(commands.toString().getBytes(StandardCharsets.US_ASCII));
            for (String recipient : some) {
                expect(recipient, "250");
            }
        }
        say("DATA", "354");
        client.sendLine("From: " + ADDRESS);
        for (String line : header) {
            client.sendLine(line);
        }
        client.sendLine("");
        client.sendLine(body);
        say(".", "250");
    }

    private void say(String line, String code) throws IOException {
        client.sendLine(line);
        expect(line, code);
    }

    private void expect(String about, String code) throws IOException {
        List<String> reply = client.reply();
        assertThat(reply.get(reply.size() - 1)).as(about).startsWith(code);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
