/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.james.jdkim.DKIMSigner;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** Mails of a partner that hold a TLS report, with a DKIM signature as RFC 8460 §3 demands it, and without. */
final class SignedReport {
    private static final String SENDER = "noreply@partner.example";
    private static final String RECIPIENT = "tls-reports@klinik.example";
    private static final String SELECTOR = "reports";
    private static final String SIGNATURE = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=partner.example; s=" + SELECTOR
            + "; h=From:Subject:MIME-Version:Content-Type; bh=; b=;";

    /** A character string of a TXT record is no longer. */
    private static final int LONGEST_STRING = 255;

    private final KeyPair keys;

    SignedReport() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    /** What the DNS of the partner has to answer. */
    Record key() throws IOException {
        String text = "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return new TXTRecord(
                Name.fromString(SELECTOR + "._domainkey.partner.example."),
                DClass.IN,
                60,
                List.of(text.substring(0, LONGEST_STRING), text.substring(LONGEST_STRING)));
    }

    /** A report of that organization, as {@code application/tlsrpt+json}. */
    static String json(String organization) {
        return "{\"organization-name\":\"" + organization
                + "\",\"date-range\":{\"start-datetime\":\"2026-11-22T00:00:00Z\","
                + "\"end-datetime\":\"2026-11-22T23:59:59Z\"},\"contact-info\":\"x@partner.example\","
                + "\"report-id\":\"42\",\"policies\":[]}";
    }

    static String unsigned(String content) {
        return String.join(
                "\r\n",
                "From: " + SENDER,
                "Subject: Report Domain: klinik.example Submitter: partner.example",
                "MIME-Version: 1.0",
                "Content-Type: application/tlsrpt+json",
                "",
                content,
                "");
    }

    String signed(String content) throws Exception {
        String mail = unsigned(content);
        byte[] octets = mail.getBytes(StandardCharsets.US_ASCII);
        String field =
                inRootLocale(() -> new DKIMSigner(SIGNATURE, keys.getPrivate()).sign(new ByteArrayInputStream(octets)));
        return field + "\r\n" + mail;
    }

    /** As at other servers: jdkim changes the case of header names by the locale, which is Turkish here, so {@code MIME} would differ. */
    static <T> T inRootLocale(Callable<T> work) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        try {
            return work.call();
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Mails it to who reads reports here. */
    static void send(RunningJames james, String mail) throws IOException {
        try (SmtpClient client = new SmtpClient(james.directory().port(Port.SMTP))) {
            client.reply();
            say(client, "EHLO mx.partner.example", "250");
            say(client, "MAIL FROM:<" + SENDER + ">", "250");
            say(client, "RCPT TO:<" + RECIPIENT + ">", "250");
            say(client, "DATA", "354");
            say(client, mail + ".", "250");
        }
    }

    private static void say(SmtpClient client, String line, String code) throws IOException {
        client.sendLine(line);
        List<String> reply = client.reply();
        assertThat(reply.get(reply.size() - 1)).as(line).startsWith(code);
    }
}
